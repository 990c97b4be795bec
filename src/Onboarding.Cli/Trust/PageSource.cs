using System.Net;
using System.Text;

namespace Onboarding.Cli.Trust;

/// <summary>Reads the page from a file or over HTTPS.</summary>
internal static class PageSource
{
    private const int MaxSize = 8 * 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The page's text.</summary>
    /// <exception cref="CliException">It cannot be had.</exception>
    public static async Task<string> ReadAsync(string from, CancellationToken cancellationToken)
    {
        if (!from.Contains("://", StringComparison.Ordinal))
        {
            return await File.ReadAllTextAsync(from, cancellationToken);
        }

        return Uri.TryCreate(from, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? await DownloadAsync(uri, cancellationToken)
            : throw new CliException($"--from {from}: needs a file or an https URL");
    }

    private static async Task<string> DownloadAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout, MaxResponseContentBufferSize = MaxSize };
        try
        {
            using var response = await client.GetAsync(uri, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken))
                : throw new CliException($"{uri} answers {(int)response.StatusCode}; 200 is expected, and redirects are not followed");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"{uri} cannot be read: {exception.Message}", exception);
        }
    }
}
