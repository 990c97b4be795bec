using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Onboarding.Cli.Tests.Workloads;

/// <summary>An endpoint's administrators' socket that gives prepared answers.</summary>
internal sealed class FakeAdministration : IAsyncDisposable
{
    private readonly WebApplication application;

    private FakeAdministration(WebApplication application) => this.application = application;

    public static async Task<FakeAdministration> StartAsync(string socket, Dictionary<string, string> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
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

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
