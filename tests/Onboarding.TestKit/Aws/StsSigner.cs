using System.Globalization;
using System.Text;
using Onboarding.Protocol.Aws;

namespace Onboarding.TestKit.Aws;

/// <summary>Signs the request that a proof stands for, for tests that play an agent, an honest one or not.</summary>
public static class StsSigner
{
    private const string Body = "Action=GetCallerIdentity&Version=2011-06-15";
    private static readonly string[] SignedHeaders = ["accept", "content-type", "host", "x-amz-date", "x-amz-security-token", "x-onboarding-binding"];

    /// <summary>The value of <c>x-amz-date</c> at a time.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString(SigV4.DateFormat, CultureInfo.InvariantCulture);

    /// <summary>A proof, as an agent of that region makes it.</summary>
    public static StsProof Prove(TemporaryCredentials credentials, AwsRegion region, string binding, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(region);
        var date = Date(at);
        return new StsProof(region.Name, date, credentials.AccessKeyId, credentials.SessionToken, Sign(credentials, region.StsHost, region.Name, date, binding));
    }

    /// <summary>The signature over the fixed headers, 64 lower-case hex digits.</summary>
    /// <param name="credentials">Whose.</param>
    /// <param name="host">STS's host, e.g. <c>sts.us-east-2.amazonaws.com</c>.</param>
    /// <param name="region">The region of the scope.</param>
    /// <param name="date">The value of <c>x-amz-date</c>.</param>
    /// <param name="binding">The value of <c>x-onboarding-binding</c>.</param>
    public static string Sign(TemporaryCredentials credentials, string host, string region, string date, string binding)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var request = new AwsRequest(
            "POST",
            "/",
            "",
            [
                new("accept", "application/json"),
                new("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
                new("host", host),
                new("x-amz-date", date),
                new("x-amz-security-token", credentials.SessionToken),
                new("x-onboarding-binding", binding),
            ],
            Encoding.UTF8.GetBytes(Body));
        return SigV4.Sign(credentials.SecretAccessKey, date, region, "sts", SigV4.CanonicalRequest(request, SignedHeaders));
    }
}
