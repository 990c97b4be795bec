namespace Onboarding.TestKit.Aws;

/// <summary>Who signed a request, as <c>GetCallerIdentity</c> tells it.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">E.g. <c>arn:aws:sts::123456789012:assumed-role/aws:ec2-instance/i-1234567890abcdef0</c>.</param>
/// <param name="UserId">E.g. <c>AROA…:session</c>.</param>
public sealed record CallerIdentity(string Account, string Arn, string UserId);
