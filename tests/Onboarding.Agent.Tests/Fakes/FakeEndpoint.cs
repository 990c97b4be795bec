using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>
/// An endpoint in memory that keeps to the protocol: it checks tokens and proofs, and answers as the real one does. A test changes what it answers
/// next, per call, or everything it says from then on.
/// </summary>
internal sealed class FakeEndpoint(TimeProvider time) : HttpMessageHandler
{
    public const string Host = "cp.example";

    /// <summary>Stands in every refusal.</summary>
    public const string CorrelationId = "0123456789abcdef0123456789abcdef";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpResponseMessage>>> scripted = [];
    private readonly Lock gate = new();
    private readonly List<string> calls = [];
    private string? token;
    private string? thumbprint;
    private int sessions;

    public string Uid { get; set; } = "test-uid";

    public IReadOnlyList<string> Accepted { get; set; } = ["jwt", "aws-ec2", "aws-ecs"];

    public string Nonce { get; set; } = "nonce-1";

    public TimeSpan ClockDifference { get; set; }

    public TimeSpan Validity { get; set; } = TimeSpan.FromHours(1);

    public HeartbeatResponse Heartbeat { get; set; } = new(RestartTurn.None, TimeSpan.FromSeconds(30), "r1");

    public BootBundle Bundle { get; set; } = Bundles.Ratings();

    public SidecarTokenResponse? SidecarToken { get; set; }

    public TimeSpan PropagationDelay { get; set; } = TimeSpan.FromSeconds(10);

    public WorkloadGroupReference TokenGroup { get; set; } = new("bookinfo", "ratings");

    public OpenSessionRequest? Opened { get; private set; }

    public Registration? Registered { get; private set; }

    public SidecarStatus? Reported { get; private set; }

    /// <summary>Every call so far, e.g. <c>POST /v1/sessions</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow() + ClockDifference;

    public int CountOf(string call) => Calls.Count(made => made == call);

    /// <summary>Forgets the calls so far.</summary>
    public void Forget()
    {
        lock (gate)
        {
            calls.Clear();
        }
    }

    /// <summary>Answers the next such call, once.</summary>
    public void Next(string call, Func<HttpResponseMessage> answer) => scripted.GetOrAdd(call, _ => []).Enqueue(answer);

    /// <summary>Refuses the next such call, once.</summary>
    public void Refuse(string call, HttpStatusCode status, string code, TimeSpan? retryAfter = null) => Next(call, () => Problem(status, code, retryAfter));

    public static HttpResponseMessage Problem(HttpStatusCode status, string code, TimeSpan? retryAfter = null)
    {
        var answer = Json(status, new Problem(code, (int)status, code, CorrelationId), ProtocolJson.Default.Problem);
        answer.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/problem+json");
        answer.Headers.RetryAfter = retryAfter is { } after ? new RetryConditionHeaderValue(after) : null;
        return answer;
    }

    public static HttpResponseMessage Json<T>(HttpStatusCode status, T value, JsonTypeInfo<T> type) =>
        new(status) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        lock (gate)
        {
            calls.Add(call);
        }

        var answer = scripted.TryGetValue(call, out var queue) && queue.TryDequeue(out var next) ? next() : await AnswerAsync(call, request, cancellationToken);
        answer.Headers.Date ??= Now;
        return answer;
    }

    private async Task<HttpResponseMessage> AnswerAsync(string call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        switch (call)
        {
            case "GET /v1/discovery":
                return Json(HttpStatusCode.OK, new DiscoveryResponse(Uid, Heartbeat.NextHeartbeat, "0.1.0", Accepted), ProtocolJson.Default.DiscoveryResponse);
            case "POST /v1/challenges":
                return Json(HttpStatusCode.OK, new ChallengeResponse(Nonce, Now.AddSeconds(60)), ProtocolJson.Default.ChallengeResponse);
            case "POST /v1/sessions":
                Opened = JsonSerializer.Deserialize(body, ProtocolJson.Default.OpenSessionRequest)!;
                Opened.Key.TryThumbprint(out thumbprint).ShouldBeTrue();
                return Session(HttpStatusCode.Created);
        }

        if (Refusal(call, request) is { } refusal)
        {
            return refusal;
        }

        switch (call)
        {
            case "POST /v1/sessions/renew":
                return Session(HttpStatusCode.OK);
            case "PUT /v1/registration":
                Registered = JsonSerializer.Deserialize(body, ProtocolJson.Default.Registration);
                return Json(HttpStatusCode.OK, new RegistrationResponse("ratings-jwt-my-corp--vm007", Bundle.Revision), ProtocolJson.Default.RegistrationResponse);
            case "GET /v1/bootstrap":
                return request.Headers.IfNoneMatch.Any(tag => tag.Tag == $"\"{Bundle.Revision}\"")
                    ? new HttpResponseMessage(HttpStatusCode.NotModified)
                    : Json(HttpStatusCode.OK, Bundle, ProtocolJson.Default.BootBundle);
            case "POST /v1/sidecar-token":
                return SidecarToken is null
                    ? new HttpResponseMessage(HttpStatusCode.NoContent)
                    : Json(HttpStatusCode.OK, SidecarToken, ProtocolJson.Default.SidecarTokenResponse);
            case "POST /v1/heartbeat":
                Reported = JsonSerializer.Deserialize(body, ProtocolJson.Default.HeartbeatRequest)!.Sidecar;
                return Json(HttpStatusCode.OK, Heartbeat, ProtocolJson.Default.HeartbeatResponse);
            case "DELETE /v1/registration":
                return Json(HttpStatusCode.OK, new LeaveResponse(PropagationDelay), ProtocolJson.Default.LeaveResponse);
            default:
                return Problem(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        }
    }

    private HttpResponseMessage Session(HttpStatusCode status)
    {
        var claims = $$$"""{"cnf":{"jkt":"{{{thumbprint}}}"},"claims":{"workload_group":{"namespace":"{{{TokenGroup.Namespace}}}","name":"{{{TokenGroup.Name}}}"}},"n":{{{++sessions}}}}""";
        token = $"e30.{Base64UrlText.Encode(Encoding.UTF8.GetBytes(claims))}.c2ln";
        return Json(status, new SessionResponse(token, Now + Validity, Now + (Validity / 2)), ProtocolJson.Default.SessionResponse);
    }

    private HttpResponseMessage? Refusal(string call, HttpRequestMessage request)
    {
        if (token is null || request.Headers.Authorization?.Parameter != token)
        {
            return Problem(HttpStatusCode.Unauthorized, ProblemCodes.TokenInvalid);
        }

        var proof = request.Headers.TryGetValues("DPoP", out var values) ? values.Single() : null;
        if (call == "POST /v1/heartbeat")
        {
            return null;
        }

        var verified = DpopProof.Verify(proof, new DpopExpectations(request.Method.Method, [Host], request.RequestUri!.AbsolutePath, token, Now));
        return verified.IsValid && verified.Thumbprint == thumbprint ? null : Problem(HttpStatusCode.Unauthorized, ProblemCodes.TokenInvalid);
    }
}
