using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Onboarding.Cli.Tests.Workloads;

/// <summary>An endpoint's administrators' socket, or its operators' port, that gives prepared answers.</summary>
internal sealed class FakeAdministration : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<string> requests;

    private FakeAdministration(WebApplication application, ConcurrentQueue<string> requests) => (this.application, this.requests) = (application, requests);

    /// <summary>Methods and bodies of what was asked.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Where it is, when it is a port.</summary>
    public string Url => application.Urls.Single();

    public static Task<FakeAdministration> StartAsync(string socket, Dictionary<string, string> answers) =>
        StartAsync(kestrel => kestrel.ListenUnixSocket(socket), answers);

    public static Task<FakeAdministration> StartOnAPortAsync(Dictionary<string, string> answers) =>
        StartAsync(kestrel => kestrel.Listen(IPAddress.Loopback, 0), answers);

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static async Task<FakeAdministration> StartAsync(Action<KestrelServerOptions> listen, Dictionary<string, string> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(listen);
        var server = builder.Build();
        var asked = new ConcurrentQueue<string>();
        server.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            asked.Enqueue($"{http.Request.Method} {await body.ReadToEndAsync()}");
            var path = http.Request.Path + http.Request.QueryString;
            http.Response.StatusCode = answers.ContainsKey(path) ? 200 : 404;
            await http.Response.WriteAsync(answers.GetValueOrDefault(path, "{}"));
        });
        await server.StartAsync();
        return new FakeAdministration(server, asked);
    }
}
