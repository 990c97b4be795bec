namespace Onboarding.Protocol.Aws;

/// <summary>
/// The one request to AWS's Security Token Service that proofs are signatures of: <c>POST /</c>, AWS Signature Version 4,
/// exactly these headers. The endpoint sends it with nothing of the client's but the strings of <see cref="StsProof"/>.
/// </summary>
/// <remarks>
/// Because of <see cref="Accept"/> STS answers in JSON:
/// <c>{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account","Arn","UserId"},"ResponseMetadata":{"RequestId"}}}</c>,
/// and refuses with <c>{"Error":{"Code","Message","Type"},"RequestId"}</c>.
/// </remarks>
public static class StsRequest
{
    /// <summary>The path; there is no query.</summary>
    public const string Path = "/";

    /// <summary>The body, byte for byte.</summary>
    public const string Body = "Action=GetCallerIdentity&Version=2011-06-15";

    /// <summary>The service in the credential scope.</summary>
    public const string Service = "sts";

    /// <summary>The signing algorithm's name.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Names of the signed headers, as <c>Authorization</c> has them.</summary>
    public const string SignedHeaders = "accept;content-type;host;x-amz-date;x-amz-security-token;x-onboarding-binding";

    /// <summary>Value of <c>accept</c>.</summary>
    public const string Accept = "application/json";

    /// <summary>Value of <c>content-type</c>.</summary>
    public const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>Name of the header with <see cref="StsProof.Date"/>.</summary>
    public const string DateHeader = "x-amz-date";

    /// <summary>Name of the header with <see cref="StsProof.SessionToken"/>.</summary>
    public const string SecurityTokenHeader = "x-amz-security-token";

    /// <summary>Name of the header with <see cref="SessionBinding.Compute"/>.</summary>
    public const string BindingHeader = "x-onboarding-binding";
}
