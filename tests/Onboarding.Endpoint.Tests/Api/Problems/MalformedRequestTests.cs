using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Api.Problems;

public sealed class MalformedRequestTests : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint;

    public MalformedRequestTests(SharedEndpoint shared)
    {
        endpoint = shared.Harness;
        endpoint.Reset();
    }

    public static TheoryData<string, string, int, string> RefusedByTheServer => new()
    {
        { "no request line", "nonsense\r\n\r\n", 400, ProblemCodes.InvalidRequest },
        { "a zero byte", "GET /v1/\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, ProblemCodes.InvalidRequest },
        { "no Host", "GET /v1/discovery HTTP/1.1\r\n\r\n", 400, ProblemCodes.InvalidRequest },
        { "two Hosts", "GET /v1/discovery HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, ProblemCodes.InvalidRequest },
        { "header without colon", "GET /v1/discovery HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n", 400, ProblemCodes.InvalidRequest },
        { "length that is none", "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400, ProblemCodes.InvalidRequest },
        { "other HTTP version", "GET /v1/discovery HTTP/3.7\r\nHost: localhost\r\n\r\n", 505, ProblemCodes.Internal },
        { "long request line", $"GET /{new string('a', 5000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, ProblemCodes.TooLarge },
        { "large headers", $"GET /v1/discovery HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 33 * 1024)}\r\n\r\n", 431, ProblemCodes.TooLarge },
        { "many headers", $"GET /v1/discovery HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 70).Select(index => $"X{index}: a\r\n"))}\r\n", 431, ProblemCodes.TooLarge },
    };

    [Theory]
    [MemberData(nameof(RefusedByTheServer))]
    public async Task RawRequest_RefusedBeforeRouting_IsAProblemAllTheSame(string what, string request, int status, string code)
    {
        await using var connection = await endpoint.ConnectAsync();

        var response = await connection.ExchangeAsync(request);

        response.ShouldStartWith($"HTTP/1.1 {status} ", Case.Sensitive, what);
        var (head, body) = (response[..response.IndexOf("\r\n\r\n", StringComparison.Ordinal)], response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        head.ShouldContain("Content-Type: application/problem+json");
        head.ShouldContain("Cache-Control: no-store");
        head.ShouldContain("\r\nDate: ");
        head.ShouldContain($"Content-Length: {body.Length}");
        var problem = JsonNode.Parse(body)!;
        ((string?)problem["code"]).ShouldBe(code);
        ((int?)problem["status"]).ShouldBe(status);
        ((string?)problem["instance"])!.Length.ShouldBe(32);
    }

    [Fact]
    public async Task RawRequest_ChunkedBodyOverTheLimit_Is413()
    {
        await using var connection = await endpoint.ConnectAsync();
        var chunk = new string(' ', 0x4000);
        var body = string.Concat(Enumerable.Repeat($"4000\r\n{chunk}\r\n", 5));

        var response = await connection.ExchangeAsync(
            $"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body}0\r\n\r\n");

        response.ShouldStartWith("HTTP/1.1 413 ");
        response.ShouldContain(ProblemCodes.TooLarge);
        endpoint.Verifier.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task RawRequest_BrokenChunk_Is400()
    {
        await using var connection = await endpoint.ConnectAsync();

        var response = await connection.ExchangeAsync(
            "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nxyz\r\n");

        response.ShouldStartWith("HTTP/1.1 400 ");
        response.ShouldContain("application/problem+json");
        response.ShouldContain(ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task OversizedBody_DeclaredLength_Is413()
    {
        await using var connection = await endpoint.ConnectAsync();

        // The body is never sent: the length alone is refused.
        var response = await connection.ExchangeAsync(
            "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 65538\r\nConnection: close\r\n\r\n");

        response.ShouldStartWith("HTTP/1.1 413 ");
        response.ShouldContain(ProblemCodes.TooLarge);
    }

    [Theory]
    [InlineData("GET", "/", 404, ProblemCodes.NotFound)]
    [InlineData("GET", "/v1/nothing", 404, ProblemCodes.NotFound)]
    [InlineData("GET", "/v1/discovery/", 404, ProblemCodes.NotFound)]
    [InlineData("GET", "/V1/discovery", 404, ProblemCodes.NotFound)]
    [InlineData("GET", "/install/agent.deb", 404, ProblemCodes.NotFound)]
    [InlineData("DELETE", "/v1/discovery", 405, ProblemCodes.MethodNotAllowed)]
    [InlineData("GET", "/v1/sessions", 405, ProblemCodes.MethodNotAllowed)]
    [InlineData("PATCH", "/v1/registration", 405, ProblemCodes.MethodNotAllowed)]
    public async Task AnyRequest_NoSuchCall_IsAProblem(string method, string path, int status, string code)
    {
        using var response = await endpoint.Api.CallAsync(method, path);

        await response.ShouldBeProblemAsync(status, code);
        if (status == 405)
        {
            response.Content.Headers.Allow.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/jsonx")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Body_OtherMediaType_Is415(string? mediaType)
    {
        using var content = Requests.Json(Requests.Opening().ToJsonString());
        content.Headers.ContentType = mediaType is null ? null : new(mediaType);

        using var response = await endpoint.Api.PostAsync("/v1/sessions", content);

        await response.ShouldBeProblemAsync(415, ProblemCodes.UnsupportedMediaType);
    }

    [Fact]
    public async Task RejectedRequest_AfterAGoodOne_DoesNotTouchTheGoodAnswer()
    {
        await using var connection = await endpoint.ConnectAsync();

        var first = await connection.AskAsync("GET /v1/discovery HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var second = await connection.ExchangeAsync("nonsense\r\n\r\n");

        first.ShouldStartWith("HTTP/1.1 200 ");
        first.ShouldContain("\"uid\"");
        second.ShouldStartWith("HTTP/1.1 400 ");
        second.ShouldContain("application/problem+json");
    }

    [Fact]
    public void SlowClients_Limits_AreSetOnTheServer()
    {
        var limits = endpoint.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        limits.MinRequestBodyDataRate!.BytesPerSecond.ShouldBe(240);
        limits.MinRequestBodyDataRate.GracePeriod.ShouldBe(TimeSpan.FromSeconds(5));
        limits.MaxRequestBodySize.ShouldBe(64 * 1024);
        limits.MaxRequestHeadersTotalSize.ShouldBe(32 * 1024);
        limits.MaxConcurrentConnections.ShouldBe(65_536);
        limits.MaxConcurrentUpgradedConnections.ShouldBe(0);
        limits.Http2.MaxStreamsPerConnection.ShouldBe(64);
    }
}
