using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Identity;
using Onboarding.Agent.Life;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Status;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>An agent with everything real but the endpoint, the sidecar, the credential and the time.</summary>
internal sealed class AgentHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly EndpointTransport transport;
    private readonly ServerTrust trust;
    private Task? running;

    public AgentHarness(double jitter = 0.5, string? pinnedUid = "test-uid", IBundleFilter? filter = null)
    {
        var random = new FixedRandom(jitter);
        var target = new EndpointTarget(FakeEndpoint.Host, 15443);
        Delay = new FakeDelay(Time);
        Endpoint = new FakeEndpoint(Time);
        trust = new ServerTrust(target);
        transport = new EndpointTransport(Endpoint, target, new EndpointClock(Time, Logger), Time);
        var client = new EndpointClient(transport);
        var workload = new WorkloadDescription(
            new WorkloadGroupReference("bookinfo", "ratings"),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = "v5" },
            AddressType.Vpc,
            new IstioRelease("1.30.0", null));
        var files = new SidecarFiles(Root.Files, new HostsFile(Root.Files, manages: true), filter ?? new PassThroughFilter(), owner: null);
        var enrollment = new Enrollment(
            client, new UidRules(target, pinnedUid, trust, Logger), Credentials, new Addresses(), new InstanceIdentity(Root.Files).LoadOrCreate, workload);
        Services = new LifeServices(client, enrollment, workload, files, Sidecar, Delay, Time, random, new StateLog(Logger, new StatusKeeper(new StatusFile(Root.Files), workload.Group, transport.Clock, Time)));
        Life = new AgentLife(Services, new Backoff(random, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeDelay Delay { get; }

    public FakeEndpoint Endpoint { get; }

    public FakeSidecar Sidecar { get; } = new();

    public FakeCredentials Credentials { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public TemporaryRoot Root { get; } = new();

    public LifeServices Services { get; }

    public AgentLife Life { get; }

    /// <summary>Starts the agent's life.</summary>
    public Task Start() => running = Life.RunAsync(stop.Token);

    /// <summary>Starts it, and returns once it waits for its second heartbeat.</summary>
    public async Task<FakeDelay.Pause> JoinAsync()
    {
        _ = Start();
        var pause = await Delay.NextAsync();
        Endpoint.Forget();
        return pause;
    }

    /// <summary>Stops the agent's life, as a signal would.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        if (running is not null)
        {
            await Task.WhenAny(running);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Life.Dispose();
        transport.Dispose();
        trust.Dispose();
        stop.Dispose();
        Root.Dispose();
    }

    private sealed class Addresses : IHostInformation
    {
        public Task<RegistrationHost> GetAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)]));
    }
}
