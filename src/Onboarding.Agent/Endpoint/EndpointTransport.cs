using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Endpoint;

/// <summary>Sends one call and reads its answer within bounds; every failure is an <see cref="EndpointException"/>.</summary>
internal sealed class EndpointTransport(HttpMessageHandler handler, EndpointTarget target, EndpointClock clock, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker http = new(handler);

    /// <summary>The endpoint's time.</summary>
    public EndpointClock Clock => clock;

    /// <summary>The name the endpoint is known by, which its certificate was verified against.</summary>
    public string Name => target.Name;

    /// <summary>Sends a call; the answer has a status of success, or is 304.</summary>
    public async Task<EndpointReply> SendAsync(EndpointCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ReplyBounds.CallTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Build(call);
            using var response = await http.SendAsync(request, stop.Token);
            clock.Observe(response.Headers.Date);
            var body = await ReadAsync(response.Content, call.Limit, stop.Token);
            return IsAnswer(response.StatusCode) ? new EndpointReply(response.StatusCode, body) : throw Refusal(response, body);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EndpointException(
                $"{target} did not answer within {ReplyBounds.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
                EndpointFailure.Unreachable,
                error);
        }
        catch (HttpRequestException error)
        {
            var kind = error.HttpRequestError == HttpRequestError.SecureConnectionError ? EndpointFailure.NotTrusted : EndpointFailure.Unreachable;
            throw new EndpointException($"{target}: {OneLine.Of(error.InnerException?.Message ?? error.Message)}", kind, error);
        }
        catch (IOException error)
        {
            throw new EndpointException($"{target}: {OneLine.Of(error.Message)}", EndpointFailure.Unreachable, error);
        }
    }

    public void Dispose() => http.Dispose();

    private static bool IsAnswer(HttpStatusCode status) => status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices or HttpStatusCode.NotModified;

    private HttpRequestMessage Build(EndpointCall call)
    {
        var request = new HttpRequestMessage(call.Method, target.UriOf(call.Path))
        {
            Version = target.UsesTls ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Host = target.HostHeader;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("onboarding-agent", AgentVersion.Current));
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (call.IfNoneMatch is { } revision)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{revision}\"");
        }

        if (call.Session is { } session)
        {
            var token = session.Current.Token;
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            if (call.NeedsProof)
            {
                request.Headers.TryAddWithoutValidation("DPoP", session.Key.CreateProof(call.Method.Method, target.Name, call.Path, token, clock.Now));
            }
        }

        return request;
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw new EndpointException($"the endpoint's answer is larger than {limit} bytes", EndpointFailure.Malformed);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[4096];
        for (var read = await stream.ReadAsync(chunk, cancellationToken); read > 0; read = await stream.ReadAsync(chunk, cancellationToken))
        {
            body.Write(chunk, 0, read);
            if (body.Length > limit)
            {
                throw new EndpointException($"the endpoint's answer is larger than {limit} bytes", EndpointFailure.Malformed);
            }
        }

        return body.ToArray();
    }

    private EndpointException Refusal(HttpResponseMessage response, byte[] body)
    {
        var status = response.StatusCode;
        if ((int)status is >= 300 and < 400)
        {
            return new EndpointException($"{target} answered with a redirect, which is not followed; is it the onboarding endpoint?", EndpointFailure.Malformed) { Status = status };
        }

        var problem = ReadProblem(response, body);
        var text = problem is null
            ? $"{target} answered {(int)status}"
            : $"{target} answered {(int)status} {OneLine.Of(problem.Code)}{(problem.Detail is null ? "" : $", {OneLine.Of(problem.Detail)}")} (id {OneLine.Of(problem.Instance)})";
        return new EndpointException(text, EndpointFailure.Refused) { Status = status, Code = problem?.Code, RetryAfter = ReadRetryAfter(response) };
    }

    private static Problem? ReadProblem(HttpResponseMessage response, byte[] body)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, ProtocolJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? ReadRetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => ReplyBounds.RetryAfter(delta),
        { Date: { } date } => ReplyBounds.RetryAfter(date - clock.Now),
        _ => null,
    };
}
