using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Onboarding.TestKit.Aws;

/// <summary>Checks a request as STS does: scope, times, whose key it is, signature. What it refuses it refuses with the real one's codes.</summary>
internal sealed partial class StsSignatureCheck(SimulatedIam iam, TimeProvider time)
{
    private static readonly string[] FixedHeaders = ["accept", "content-type", "host", "x-amz-date", "x-amz-security-token", "x-onboarding-binding"];
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>The caller, or what is answered instead.</summary>
    public (CallerIdentity? Caller, AwsReply? Refusal) Check(AwsRequest request)
    {
        if (request.Header("Authorization") is not { } authorization)
        {
            return Refused("MissingAuthenticationToken", "Request is missing Authentication Token");
        }

        if (Authorization().Match(authorization) is not { Success: true } parts || request.Header("X-Amz-Date") is not { } date)
        {
            return (null, StsReplies.Error(400, "IncompleteSignature", "Authorization header requires its parts, and X-Amz-Date."));
        }

        var (accessKeyId, scope, signedHeaders) = (parts.Groups["key"].Value, parts.Groups["scope"].Value, parts.Groups["headers"].Value);
        if (StsHost.Parse(request.Header("Host")) is not { } host || scope != SigV4.Scope(date[..8], host.Region, "sts"))
        {
            return Refused("SignatureDoesNotMatch", "Credential should be scoped to a valid region and service, at its own host.");
        }

        if (!DateTimeOffset.TryParseExact(date, SigV4.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            || (time.GetUtcNow() - signed).Duration() > Window)
        {
            return Refused("SignatureDoesNotMatch", $"Signature expired or not yet current: {date}");
        }

        if (iam.Find(accessKeyId) is not { } issued || issued.Partition != host.Partition || issued.Credentials.SessionToken != request.Header("X-Amz-Security-Token"))
        {
            return Refused("InvalidClientTokenId", "The security token included in the request is invalid.");
        }

        if (issued.Credentials.Expiration <= time.GetUtcNow())
        {
            return Refused("ExpiredToken", "The security token included in the request is expired");
        }

        // The real one lets more headers be signed. Here the set is part of what is tested.
        var names = signedHeaders.Split(';');
        var expected = SigV4.Sign(issued.Credentials.SecretAccessKey, date, host.Region, "sts", SigV4.CanonicalRequest(request, names));
        return names.SequenceEqual(FixedHeaders) && Same(expected, parts.Groups["signature"].Value)
            ? (issued.Caller, null)
            : Refused("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
    }

    private static bool Same(string expected, string actual) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(actual));

    private static (CallerIdentity?, AwsReply?) Refused(string code, string message) => (null, StsReplies.Error(403, code, message));

    [GeneratedRegex(
        "^AWS4-HMAC-SHA256 Credential=(?<key>[A-Z0-9]+)/(?<scope>[^,]+), ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Authorization();
}
