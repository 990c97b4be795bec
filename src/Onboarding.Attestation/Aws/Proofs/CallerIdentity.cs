namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>Whose credentials signed a request, in STS's words.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">E.g. <c>arn:aws:sts::123456789012:assumed-role/ratings-role/i-1234567890abcdef0</c>.</param>
/// <param name="UserId">E.g. <c>AROA…:i-1234567890abcdef0</c>.</param>
internal sealed record CallerIdentity(string Account, string Arn, string UserId);
