namespace Onboarding.TestKit.Aws;

/// <summary>Temporary credentials, as metadata services and <c>AssumeRole</c> hand them out.</summary>
/// <param name="AccessKeyId"><c>ASIA…</c>.</param>
/// <param name="SecretAccessKey">What signs.</param>
/// <param name="SessionToken">What says whose key it is, base64.</param>
/// <param name="Expiration">When they end.</param>
public sealed record TemporaryCredentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration);
