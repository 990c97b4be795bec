using Microsoft.AspNetCore.Http;

namespace Onboarding.TestKit.Aws;

/// <summary>Between Kestrel and the simulated services.</summary>
internal static class AwsHttp
{
    public static async Task<AwsRequest> ReadAsync(this HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var headers = request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")));
        return new AwsRequest(request.Method, request.Path.Value ?? "/", request.QueryString.Value?.TrimStart('?') ?? "", [.. headers], body.ToArray());
    }

    public static Task WriteAsync(this HttpResponse response, AwsReply reply, CancellationToken cancellationToken)
    {
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        if (reply.Location is { } location)
        {
            response.Headers.Location = location;
        }

        return response.WriteAsync(reply.Body, cancellationToken);
    }
}
