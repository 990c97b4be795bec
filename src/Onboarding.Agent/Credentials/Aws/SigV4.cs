using System.Security.Cryptography;
using System.Text;

namespace Onboarding.Agent.Credentials.Aws;

/// <summary>
/// AWS Signature Version 4, for requests whose path and query need no encoding. AWS's own library signs whatever headers it finds besides, and would
/// double the agent.
/// </summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Terminator = "aws4_request";
    private const int DayLength = 8;

    /// <summary>The signature: 64 lower-case hex digits.</summary>
    /// <param name="secret">The secret access key.</param>
    /// <param name="date">UTC, <c>yyyyMMdd'T'HHmmss'Z'</c>, as the request's <c>x-amz-date</c> has it.</param>
    /// <param name="region">Region of the credential scope.</param>
    /// <param name="service">Service of the credential scope.</param>
    /// <param name="canonicalRequest">What <see cref="CanonicalRequest"/> gives.</param>
    public static string Sign(string secret, string date, string region, string service, string canonicalRequest)
    {
        var day = date[..DayLength];
        var key = Utf8($"AWS4{secret}");
        foreach (var part in (ReadOnlySpan<string>)[day, region, service, Terminator])
        {
            var next = HMACSHA256.HashData(key, Utf8(part));
            CryptographicOperations.ZeroMemory(key);
            key = next;
        }

        var text = $"{Algorithm}\n{date}\n{day}/{region}/{service}/{Terminator}\n{Hash(canonicalRequest)}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Utf8(text)));
    }

    /// <summary>What is signed of a request.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path.</param>
    /// <param name="query">Query, in order, without <c>?</c>.</param>
    /// <param name="headers">The headers to be signed, with lower-case names, in any order; values as they are sent.</param>
    /// <param name="body">The body.</param>
    public static string CanonicalRequest(string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string body)
    {
        var sorted = headers.OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var text = new StringBuilder().Append(method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        foreach (var (name, value) in sorted)
        {
            text.Append(name).Append(':').Append(Trim(value)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', sorted.Select(header => header.Name)).Append('\n').Append(Hash(body)).ToString();
    }

    private static string Trim(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8(text)));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
