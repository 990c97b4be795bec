using System.Security.Cryptography;
using System.Text;

namespace Onboarding.TestKit.Aws;

/// <summary>AWS Signature Version 4 of requests whose path and query need no encoding. Written apart from the agent's, so that one checks the other.</summary>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The signature of a request, 64 lower-case hex digits.</summary>
    /// <param name="secret">The secret access key.</param>
    /// <param name="date">The value of <c>x-amz-date</c>.</param>
    /// <param name="region">The region of the scope.</param>
    /// <param name="service">The service of the scope.</param>
    /// <param name="canonicalRequest">What <see cref="CanonicalRequest"/> gave.</param>
    public static string Sign(string secret, string date, string region, string service, string canonicalRequest)
    {
        var day = date[..8];
        var text = $"{Algorithm}\n{date}\n{Scope(day, region, service)}\n{Hash(canonicalRequest)}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes($"AWS4{secret}"), day), region), service), "aws4_request");
        return Convert.ToHexStringLower(Mac(key, text));
    }

    /// <summary>What is signed: method, path, query, the headers that are signed, and the body's hash.</summary>
    public static string CanonicalRequest(AwsRequest request, IReadOnlyList<string> signedHeaders)
    {
        var text = new StringBuilder().Append(request.Method).Append('\n').Append(request.Path).Append('\n').Append(request.Query).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').AppendJoin(',', request.ValuesOf(name).Select(Trimmed)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))).ToString();
    }

    public static string Scope(string day, string region, string service) => $"{day}/{region}/{service}/aws4_request";

    private static string Trimmed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
