using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.Standalone.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Standalone.Tests;

/// <summary>A whole endpoint in the test's process, behind real TLS on loopback.</summary>
internal sealed class RunningEndpoint : IAsyncDisposable
{
    private readonly DataDirectory data;
    private readonly WebApplication application;

    private RunningEndpoint(DataDirectory data, WebApplication application, ApiClient api)
    {
        this.data = data;
        this.application = application;
        Api = api;
    }

    public ApiClient Api { get; }

    public static async Task<RunningEndpoint> StartAsync(StandaloneFiles files, TestPki pki)
    {
        var ports = FreePorts.Take(3);
        var settings = new StandaloneSettings(files.Config, files.Manifests, files.Data)
        {
            ApiAddress = new IPEndPoint(IPAddress.Loopback, ports[0]),
            PackagesAddress = new IPEndPoint(IPAddress.Loopback, ports[1]),
            OperatorsAddress = new IPEndPoint(IPAddress.Loopback, ports[2]),
        };
        var directory = DataDirectory.Open(settings.Data);
        var built = await StandaloneHost.BuildAsync(settings, directory, NullLoggerFactory.Instance, CancellationToken.None);
        await StandaloneHost.StartAsync(built, CancellationToken.None);
        var api = new ApiClient(new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{ports[0]}")), pki.Authority);
        return new RunningEndpoint(directory, built, api);
    }

    public SimulatedAgent NewAgent(string group = "ratings") => new(Api, new WorkloadGroupReference("bookinfo", group));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
        data.Dispose();
    }
}
