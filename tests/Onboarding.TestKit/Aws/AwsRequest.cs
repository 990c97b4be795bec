namespace Onboarding.TestKit.Aws;

/// <summary>A request as a simulated service of AWS received it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path.</param>
/// <param name="Query">Query, without <c>?</c>.</param>
/// <param name="Headers">All headers, <c>Host</c> among them; a name may be there more than once.</param>
/// <param name="Body">The body.</param>
public sealed record AwsRequest(string Method, string Path, string Query, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The values of a header, in their order.</summary>
    public IEnumerable<string> ValuesOf(string name) =>
        Headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>The value of a header that is there exactly once; else null.</summary>
    public string? Header(string name) => ValuesOf(name).ToArray() is [var value] ? value : null;
}
