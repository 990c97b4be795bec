using System.Globalization;
using System.Net;
using Onboarding.Client;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>A standalone endpoint in a process of its own, with one group that whoever has a token of one issuer may join.</summary>
internal sealed class BenchedEndpoint : IDisposable
{
    private static readonly int[] Ports = FreePorts.Take(3);


    private readonly TestPki pki;
    private readonly TestIssuerKey key;
    private int members;

    public BenchedEndpoint(TestPki pki, TestIssuerKey key, int connections, string heartbeatInterval = "30s")
    {
        (this.pki, this.key) = (pki, key);
        Files = new EndpointFiles(pki, TestToken.KeySet(key.Jwk()), heartbeatInterval);
        Process = Start(Files);
        Api = Client(Port, connections);
    }

    /// <summary>The port of its API.</summary>
    public static int Port => Ports[0];

    public EndpointFiles Files { get; }

    public ChildProcess Process { get; private set; }

    public ApiClient Api { get; }

    /// <summary>A client of a port of this machine that trusts the same authority.</summary>
    public ApiClient Client(int port, int connections) => new(new Uri($"https://localhost:{Text(port)}"), pki.Authority, connections);

    /// <summary>Waits until it serves.</summary>
    public Task UntilServingAsync() => UntilAnsweredAsync(() => Api.DiscoverAsync());

    /// <summary>Kills it and starts another over the same files.</summary>
    public void Restart()
    {
        Stop();
        Start();
    }

    /// <summary>Kills it.</summary>
    public void Stop() => Process.Dispose();

    /// <summary>Starts another over the same files.</summary>
    public void Start() => Process = Start(Files);

    /// <summary>Waits until it says that it is ready.</summary>
    public static async Task UntilReadyAsync()
    {
        using var http = new HttpClient();
        while ((await http.GetAsync(new Uri($"http://{Address(Ports[2])}/health/ready"))).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>Size of its heap after the last collection, in bytes, by its own metrics.</summary>
    public static async Task<long> HeapAsync()
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri($"http://{Address(Ports[2])}/metrics"));
        return metrics.Split('\n')
            .Where(line => line.StartsWith("dotnet_gc_last_collection_heap_size", StringComparison.Ordinal))
            .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>An agent with a credential and an address, all its own.</summary>
    public Member NewMember() => Member.Create(Api, key, Interlocked.Increment(ref members));

    public void Dispose()
    {
        Api.Dispose();
        Process.Dispose();
        Files.Dispose();
    }

    /// <summary>Repeats a call until it is answered, whatever the answer.</summary>
    public static async Task UntilAnsweredAsync<T>(Func<Task<ApiReply<T>>> call)
        where T : class
    {
        for (var tries = 0; tries < 6000; tries++)
        {
            try
            {
                await call();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }

        throw new InvalidOperationException("the endpoint did not start within a minute");
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts an endpoint's process over some files.</summary>
    public static ChildProcess Start(EndpointFiles files) => ChildProcess.Start(
        "onboarding-standalone.dll", "--config", files.Config, "--manifests", files.Manifests, "--data", files.Data,
        "--api-address", Address(Ports[0]), "--packages-address", Address(Ports[1]), "--operators-address", Address(Ports[2]));

    private static string Address(int port) => $"127.0.0.1:{Text(port)}";
}
