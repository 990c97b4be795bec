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

    private FakeAdministration(WebApplication application) => this.application = application;

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
        server.Run(async http =>
        {
            var asked = http.Request.Path + http.Request.QueryString;
            http.Response.StatusCode = answers.ContainsKey(asked) ? 200 : 404;
            await http.Response.WriteAsync(answers.GetValueOrDefault(asked, "{}"));
        });
        await server.StartAsync();
        return new FakeAdministration(server);
    }
}
