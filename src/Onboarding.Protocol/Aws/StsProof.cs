namespace Onboarding.Protocol.Aws;

/// <summary>The five strings of a SigV4-signed <see cref="StsRequest"/> that its reader cannot know; whoever verifies it writes the rest anew.</summary>
/// <param name="Region">Region of the STS it is signed for, and of the credential scope.</param>
/// <param name="Date"><c>X-Amz-Date</c>: UTC, <c>yyyyMMdd'T'HHmmss'Z'</c>.</param>
/// <param name="AccessKeyId">Access key id of temporary credentials; begins with <c>ASIA</c>.</param>
/// <param name="SessionToken">Session token of those credentials: base64, at most 4 KiB.</param>
/// <param name="Signature">64 lower-case hex digits.</param>
public sealed record StsProof(string Region, string Date, string AccessKeyId, string SessionToken, string Signature);
