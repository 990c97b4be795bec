using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Onboarding.TestKit.Aws;

/// <summary>Takes an <see cref="HttpClient"/>'s requests to a <see cref="SimulatedSts"/>, without a network.</summary>
internal sealed class StsHandler(SimulatedSts sts) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var uri = request.RequestUri!;
        var headers = Named(request.Headers.NonValidated)
            .Concat(request.Content is null ? [] : Named(request.Content.Headers.NonValidated))
            .Concat(request.Headers.Host is null ? [KeyValuePair.Create("Host", uri.Authority)] : []);
        var reply = await sts.AnswerAsync(
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
