using System.Net;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>Gets a document of bounded size.</summary>
internal static class HttpDocument
{
    /// <summary>The bytes of a 200 answer.</summary>
    /// <exception cref="KeySetException">Another status, or too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> GetAsync(HttpClient client, Uri uri, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new KeySetException($"{uri} answers {(int)response.StatusCode}; 200 is expected, and redirects are not followed");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(body, uri, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, Uri uri, CancellationToken cancellationToken)
    {
        const int FirstSize = 16 * 1024;
        var buffer = new byte[FirstSize];
        var length = 0;
        int read;
        while ((read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > OidcLimits.DocumentSize)
            {
                throw new KeySetException($"{uri} answers with more than {OidcLimits.DocumentSize} bytes");
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * length, OidcLimits.DocumentSize + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
