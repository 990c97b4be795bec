using System.Globalization;
using Onboarding.Agent.Metadata.Aws;
using Onboarding.Protocol.Aws;

namespace Onboarding.Agent.Credentials.Aws;

/// <summary>Signs the one request that proofs are signatures of (<see cref="StsRequest"/>), and never sends it.</summary>
internal static class StsProofs
{
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>A role's proof.</summary>
    /// <param name="credentials">The role's credentials.</param>
    /// <param name="region">The region whose STS will be asked.</param>
    /// <param name="binding">What the proof is good for (<see cref="CredentialPurpose.Bind"/>).</param>
    /// <param name="now">The time, as near to AWS's as is known.</param>
    public static StsProof Sign(RoleCredentials credentials, AwsRegion region, string binding, DateTimeOffset now)
    {
        var date = now.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);
        var request = SigV4.CanonicalRequest(
            "POST",
            StsRequest.Path,
            "",
            [
                ("accept", StsRequest.Accept),
                ("content-type", StsRequest.ContentType),
                ("host", region.StsHost),
                (StsRequest.DateHeader, date),
                (StsRequest.SecurityTokenHeader, credentials.SessionToken),
                (StsRequest.BindingHeader, binding),
            ],
            StsRequest.Body);
        var signature = SigV4.Sign(credentials.SecretAccessKey, date, region.Name, StsRequest.Service, request);
        return new StsProof(region.Name, date, credentials.AccessKeyId, credentials.SessionToken, signature);
    }
}
