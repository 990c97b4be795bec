using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Client;
using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Commands;
using Onboarding.Silo.Hosting;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Hosting;

/// <summary>A cluster of one silo in the test's process, with its state in memory, behind real TLS on loopback.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly WebApplication application;

    private RunningSilo(WebApplication application, ApiClient api, Uri apiAddress, int siloPort)
    {
        this.application = application;
        Api = api;
        ApiAddress = apiAddress;
        SiloPort = siloPort;
        Operators = new HttpClient { BaseAddress = new Uri(application.Urls.Single(url => url.StartsWith("http://127.", StringComparison.Ordinal))) };
    }

    /// <summary>Calls its API.</summary>
    public ApiClient Api { get; }

    /// <summary>Where its API is.</summary>
    public Uri ApiAddress { get; }

    /// <summary>Reads its operators' port.</summary>
    public HttpClient Operators { get; }

    /// <summary>Where other silos would reach it.</summary>
    public int SiloPort { get; }

    public static async Task<RunningSilo> StartAsync(TestPki pki, SiloFiles files, int siloPort, string? adminSocket = null)
    {
        var built = await BuildAsync(files, settings => settings with { SiloTls = files.SiloTls, AdminSocket = adminSocket }, out var apiPort);
        await EndpointStart.StartAsync(built, CancellationToken.None);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{apiPort}"));
        return new RunningSilo(built, new ApiClient(address, pki.Authority), address, siloPort);
    }

    /// <summary>Tells it to stop, gracefully, or at once when that is cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    /// <summary>Puts one together that does not run yet.</summary>
    public static Task<WebApplication> BuildAsync(SiloFiles files, Func<SiloSettings, SiloSettings> change, out int apiPort)
    {
        var ports = FreePorts.Take(3);
        apiPort = ports[0];
        var settings = new SiloSettings(files.Config, files.Manifests, files.Data, files.Keys)
        {
            ApiAddress = new IPEndPoint(IPAddress.Loopback, ports[0]),
            PackagesAddress = new IPEndPoint(IPAddress.Loopback, ports[1]),
            OperatorsAddress = new IPEndPoint(IPAddress.Loopback, ports[2]),
        };
        return SiloHost.BuildAsync(change(settings), NullLoggerFactory.Instance, CancellationToken.None);
    }

    /// <summary>The configuration of a cluster of one.</summary>
    public static object InMemory(int siloPort, string address = "127.0.0.1", string drainFor = "00:00:00") => new
    {
        Draining = new { Serve = drainFor },
        Clustering = new { ProviderType = "Development", PrimarySiloEndPoint = string.Create(CultureInfo.InvariantCulture, $"{address}:{siloPort}") },
        GrainStorage = new { Default = new { ProviderType = "Memory" } },
        Endpoints = new { AdvertisedIPAddress = address, SiloPort = siloPort },
    };

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Operators.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
