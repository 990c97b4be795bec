using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Cli.Tests.Load;

/// <summary>Answers every call of an agent alike, and counts them.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);

    private FakeEndpoint(WebApplication server) => this.server = server;

    public int Port => new Uri(server.Urls.Single()).Port;

    /// <summary>How often each call was made, e.g. <c>POST /v1/sessions</c>.</summary>
    public IReadOnlyDictionary<string, int> Calls => calls;

    /// <summary>The code with which the first opening is refused; null: it is not.</summary>
    public string? FirstRefusal { get; init; }

    /// <summary>Credentials that were shown.</summary>
    public ConcurrentBag<string> Openings { get; } = [];

    /// <summary>Addresses that were registered.</summary>
    public ConcurrentBag<string> Registrations { get; } = [];

    public static async Task<FakeEndpoint> StartAsync(TestPki pki, string? firstRefusal = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(pki.Issue("localhost"))));
        var application = builder.Build();
        var endpoint = new FakeEndpoint(application) { FirstRefusal = firstRefusal };
        application.Run(endpoint.AnswerAsync);
        await application.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var call = $"{context.Request.Method} {context.Request.Path}";
        var count = calls.AddOrUpdate(call, 1, (_, before) => before + 1);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.ContentType = "application/json";
        if (call == "POST /v1/sessions" && count == 1 && FirstRefusal is { } code)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsync($$"""{"code":"{{code}}","status":429,"title":"no","instance":"1"}""");
            return;
        }

        await context.Response.WriteAsync(Answer(call, body));
    }

    private string Answer(string call, string body)
    {
        switch (call)
        {
            case "GET /v1/discovery":
                return """{"uid":"https://fake","heartbeatInterval":"30s","minAgentVersion":"0.1.0","credentials":["jwt"]}""";
            case "POST /v1/sessions":
                Openings.Add(body);
                return """{"token":"a.b.c","expiresAt":"2100-01-01T00:00:00Z","renewAfter":"2100-01-01T00:00:00Z"}""";
            case "PUT /v1/registration":
                Registrations.Add(body);
                return """{"name":"x"}""";
            case "GET /v1/bootstrap":
                return """{"revision":"r","environment":{},"proxyConfig":{},"hosts":[]}""";
            case "DELETE /v1/registration":
                return """{"propagationDelay":"1s"}""";
            default:
                throw new InvalidOperationException($"nobody asks for {call}");
        }
    }
}
