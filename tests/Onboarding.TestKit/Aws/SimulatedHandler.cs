using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Onboarding.TestKit.Aws;

/// <summary>Takes an <see cref="HttpClient"/>'s requests to simulated services, without a network.</summary>
/// <param name="find">The service at an address; null: the connection is refused.</param>
public sealed class SimulatedHandler(Func<Uri, ISimulatedService?> find) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var uri = request.RequestUri!;
        var service = find(uri) ?? throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var headers = Named(request.Headers.NonValidated)
            .Concat(request.Content is null ? [] : Named(request.Content.Headers.NonValidated))
            .Concat(request.Headers.Host is null ? [KeyValuePair.Create("Host", uri.Authority)] : []);
        var reply = await service.AnswerAsync(
            new AwsRequest(request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), [.. headers], body), cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(reply.Body)) { Headers = { ContentType = new MediaTypeHeaderValue(reply.ContentType) } },
            RequestMessage = request,
        };
        if (reply.Location is { } location)
        {
            response.Headers.Location = new Uri(location, UriKind.Relative);
        }

        return response;
    }

    private static IEnumerable<KeyValuePair<string, string>> Named(HttpHeadersNonValidated headers) =>
        headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));
}
