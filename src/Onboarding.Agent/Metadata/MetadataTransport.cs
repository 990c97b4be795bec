using System.Net;
using System.Net.Sockets;
using System.Text;
using Onboarding.Agent.Life;

namespace Onboarding.Agent.Metadata;

/// <summary>
/// Asks a cloud's metadata service, within bounds: no proxy, no redirect, no cookie. What it throttles, or fails at, is asked again after a
/// pause that grows; what does not answer at all is not.
/// </summary>
internal sealed class MetadataTransport(HttpMessageHandler handler, IDelay delay, Random random, TimeProvider time) : IDisposable
{
    private const int Tries = 6;
    private const int Limit = 64 << 10;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly HttpMessageInvoker http = new(handler);

    /// <summary>A handler over the machine's own network.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        MaxResponseHeadersLength = 16,
        // Asked a few times in a row and then not for an hour.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Sends a request and gives the answer, whatever its status, unless the service goes on being busy.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="uri">The address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="headers">Headers to send.</param>
    /// <exception cref="MetadataUnreachableException">Nothing answers there.</exception>
    /// <exception cref="MetadataException">It answers that it is busy, again and again, or too much.</exception>
    public async Task<MetadataReply> SendAsync(HttpMethod method, Uri uri, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        var backoff = new Backoff(random, FirstPause, LongestPause);
        for (var attempt = 1; ; attempt++)
        {
            var reply = await SendOnceAsync(method, uri, headers, cancellationToken);
            if (reply.Status is not HttpStatusCode.TooManyRequests and < HttpStatusCode.InternalServerError)
            {
                return reply;
            }

            if (attempt == Tries)
            {
                throw new MetadataException($"{uri.Authority} is busy: it answered {(int)reply.Status} to {Tries} requests in a row") { IsBusy = true };
            }

            await delay.WaitAsync(backoff.Next(), cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<MetadataReply> SendOnceAsync(HttpMethod method, Uri uri, (string Name, string Value)[] headers, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CallTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, uri);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await http.SendAsync(request, stop.Token);
            return new MetadataReply(response.StatusCode, await ReadAsync(response.Content, uri, stop.Token));
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MetadataUnreachableException($"{uri.Authority} does not answer", isSilent: true, error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            throw new MetadataUnreachableException($"{uri.Authority} cannot be reached: {error.Message}", isSilent: false, error);
        }
    }

    private static async Task<string> ReadAsync(HttpContent content, Uri uri, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Limit + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= Limit
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw new MetadataException($"{uri.Authority} answered more than {Limit} bytes");
    }
}
