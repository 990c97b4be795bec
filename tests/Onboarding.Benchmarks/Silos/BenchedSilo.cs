using System.Globalization;
using System.Net.Http.Json;
using Onboarding.Benchmarks.Endpoint;
using Onboarding.Core.Operators;
using Onboarding.TestKit.Data;

namespace Onboarding.Benchmarks.Silos;

/// <summary>A silo in a process of its own, on loopback.</summary>
internal sealed class BenchedSilo : IDisposable
{
    private readonly int[] ports = FreePorts.Take(4);
    private readonly HttpClient operators;

    public BenchedSilo(EndpointFiles files, string keys, string siloTls)
    {
        operators = new HttpClient { BaseAddress = new Uri($"http://{Address(ports[2])}") };
        Process = ChildProcess.StartWith(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Orleans__Endpoints__SiloPort"] = ports[3].ToString(CultureInfo.InvariantCulture) },
            "dotnet",
            AppContext.BaseDirectory,
            [
                Program, "--config", files.Config, "--manifests", files.Manifests, "--data", files.Data, "--keys", keys, "--silo-tls", siloTls,
                "--api-address", Address(ports[0]), "--packages-address", Address(ports[1]), "--operators-address", Address(ports[2]),
            ]);
    }

    /// <summary>The program, where its own project puts it: its packages do not go with this program's. A build without the silo edition has none.</summary>
    public static string Program { get; } = Path.Combine(
        SharedData.RepositoryRoot(),
        "src",
        "Onboarding.Silo",
        Path.GetRelativePath(Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Benchmarks"), AppContext.BaseDirectory),
        "onboarding-silo.dll");

    public ChildProcess Process { get; }

    /// <summary>The port of its API.</summary>
    public int ApiPort => ports[0];

    /// <summary>Waits until it is ready.</summary>
    public async Task UntilReadyAsync()
    {
        while (!await IsReadyAsync())
        {
            if (Process.HasExited)
            {
                throw new InvalidOperationException("a silo ended");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await operators.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>What it says of the cluster's members.</summary>
    public async Task<IReadOnlyList<SiloMember>> GetMembersAsync() => (await operators.GetFromJsonAsync<ClusterReport>(ClusterReport.Path))!.Silos;

    /// <summary>Its metrics, as Prometheus' text.</summary>
    public Task<string> GetMetricsAsync() => operators.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    public void Dispose()
    {
        operators.Dispose();
        Process.Dispose();
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
