using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;

namespace Onboarding.TestKit.Workloads;

/// <summary>Makes a host of one kind of entity, over rows that outlive it.</summary>
public interface IEntityHosts
{
    /// <summary>A new host; after another one, as a restarted process.</summary>
    IEntityHost<TState> Start<TState>(EntityCodec<TState> codec, Func<IEffectHandler<TState>> handler, TimeProvider time)
        where TState : class, IEntity<TState>;

    /// <summary>The rows.</summary>
    FaultyEntityStore Store { get; }

    /// <summary>The rows as they are stored.</summary>
    IReadOnlyList<string> Rows();

    /// <summary>Loses all rows.</summary>
    void Lose();
}

/// <summary>A control plane without its endpoint: one namespace, one group, one issuer, one policy, and all that a test changes.</summary>
public sealed class RegistryWorld : IAsyncDisposable
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "bookinfo";

    /// <summary>The group.</summary>
    public const string Group = "ratings";

    /// <summary>The issuer that the policy names.</summary>
    public const string Issuer = "https://issuer.example.com";

    /// <summary>A host of the endpoint.</summary>
    public const string Host = "onboarding.example.com";

    private readonly IEntityHosts hosts;
    private readonly List<IAsyncDisposable> started = [];
    private IEntityHost<Workload> workloads = null!;
    private IEntityHost<Session> sessions = null!;
    private int asks;
    private int removalAsks;
    private IEntityHost<Address> addresses = null!;
    private IEntityHost<PolicyNamespace> namespaces = null!;

    /// <summary>A world with a host of entities; it may be given another clock.</summary>
    public RegistryWorld(IEntityHosts hosts)
    {
        this.hosts = hosts;
        Options = new(NewOptions(), $"https://{Host}");
        Resources = new(NewResources(Time.GetUtcNow()));
        Catalog = new(Resources, Options, Time, NullLogger<PolicyCatalog>.Instance);
        Keys = new(SigningKeySet.Create(Time.GetUtcNow()));
        SidecarTokens = new(Time);
        Start();
    }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>The configuration.</summary>
    public FakeOptionsSource Options { get; }

    /// <summary>The resources.</summary>
    public FakeResourceSource Resources { get; }

    /// <summary>The policies.</summary>
    public PolicyCatalog Catalog { get; }

    /// <summary>The signing keys.</summary>
    public SigningKeys Keys { get; }

    /// <summary>What is written outside.</summary>
    public MemoryRegistrationSink Sink { get; } = new();

    /// <summary>Issues sidecars' tokens.</summary>
    public FakeSidecarTokens SidecarTokens { get; }

    /// <summary>What was audited.</summary>
    public RecordingAuditTrail Audit { get; } = new();

    /// <summary>Under test.</summary>
    public ISessionRegistry SessionRegistry { get; private set; } = null!;

    /// <summary>Under test.</summary>
    public IWorkloadRegistry WorkloadRegistry { get; private set; } = null!;

    /// <summary>How often effects have asked a namespace: for a removal, or to tell that it is done.</summary>
    public int CountRemovalAsks() => Volatile.Read(ref removalAsks);

    /// <summary>How many removals the brake holds, as the metric tells.</summary>
    public int CountHeld() => Held.Count;

    /// <summary>What a namespace knows of the group.</summary>
    internal async Task<GroupReply> DescribeGroupAsync() => await namespaces.AskAsync(Namespace, new DescribeGroup { Group = Group });

    /// <summary>Under test.</summary>
    public IWorkloadAdministration Administration { get; private set; } = null!;

    private static TestMeters Meters { get; } = new();

    private HeldRemovals Held { get; set; } = null!;

    private NamespaceDuty Duty { get; set; } = null!;

    /// <summary>Ends the process and starts another over the same rows.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Start();
    }

    /// <summary>Ends the process, loses every row, and starts another.</summary>
    public async Task LoseStorageAsync()
    {
        await StopAsync();
        hosts.Lose();
        Start();
    }

    /// <summary>The next write fails before it is stored.</summary>
    public void FailNextWrite() => hosts.Store.FailNextWrite(WriteFault.BeforeItIsStored);

    /// <summary>How many writes there were.</summary>
    public int CountWrites() => hosts.Store.Writes;

    /// <summary>How often the registries have asked an entity; what effects ask does not count.</summary>
    public int CountAsks() => Volatile.Read(ref asks);

    /// <summary>The rows as they are stored.</summary>
    public IReadOnlyList<string> Rows() => hosts.Rows();

    /// <summary>How many rows are stored.</summary>
    public int CountRows() => hosts.Rows().Count;

    /// <summary>Waits until something holds.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>
    /// Waits until workloads have done what they were woken for: a wake stands in line before whoever asks later, and time that moves on meanwhile
    /// would make it a late one.
    /// </summary>
    public async Task LetWakeAsync(IEnumerable<SimulatedAgent> agents)
    {
        ArgumentNullException.ThrowIfNull(agents);
        foreach (var agent in agents)
        {
            await workloads.AskTwiceAsync(agent.WorkloadKey, new Describe(), CancellationToken.None);
        }
    }

    /// <summary>Waits until an agent's registration is written as it stands.</summary>
    public Task SettleAsync(SimulatedAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return UntilAsync(async () =>
            (await workloads.AskAsync(agent.WorkloadKey, new Describe())).Registered is { } registered
            && registered.Written?.Revision == registered.Revision);
    }

    /// <summary>Whether the brake holds an agent's removal, for its lease has run out.</summary>
    public async Task<bool> IsHeldAsync(SimulatedAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return (await workloads.AskAsync(agent.WorkloadKey, new Describe())).Registered is { IsHeld: true };
    }

    /// <summary>Suspends an agent's workload, or lets it in again.</summary>
    public async Task SuspendAsync(SimulatedAgent agent, string? reason)
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (!await Administration.SuspendAsync(Namespace, agent.Name, reason, CancellationToken.None))
        {
            throw new InvalidOperationException($"{agent.Name} is not registered");
        }
    }

    /// <summary>Walks the namespace once.</summary>
    public Task WalkAsync() => Duty.WalkAsync(Namespace, CancellationToken.None);

    /// <summary>Wakes stored workloads, as a process does that has just started.</summary>
    public Task WakeStoredAsync(params IEnumerable<SimulatedAgent> agents) =>
        new StoredWorkloads(workloads, Sink, Time, NullLogger<StoredWorkloads>.Instance).WakeAsync(agents.Select(agent => agent.WorkloadKey), CancellationToken.None);

    /// <summary>The group, as it stands.</summary>
    public WorkloadGroup FindGroup() => Catalog.Find(Namespace)!.FindGroup(Group)!;

    /// <summary>Changes the group.</summary>
    public void ChangeGroup(Func<WorkloadGroup, WorkloadGroup> change) => Resources.Change(list => list with
    {
        AsOf = Time.GetUtcNow(),
        WorkloadGroups = [.. list.WorkloadGroups.Select(change)],
    });

    /// <summary>Changes the policies.</summary>
    public void ChangePolicies(params ImmutableArray<OnboardingPolicy> policies) =>
        Resources.Change(list => list with { AsOf = Time.GetUtcNow(), Policies = policies });

    /// <summary>A policy that allows any subject of <see cref="Issuer"/> with an attribute.</summary>
    public static OnboardingPolicy Allow(string name = "allow", string attribute = "team") => new(
        new ObjectMeta { Namespace = Namespace, Name = name },
        [
            new(
                [new JwtIdentityMatcher(Issuer, [], [new(attribute, [])])],
                [new LabelSelector(ImmutableSortedDictionary<string, string>.Empty, [])]),
        ],
        []);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Catalog.Dispose();
        (hosts as IDisposable)?.Dispose();
    }

    private CountingEntityHost<PolicyNamespace> CountRemovals(IEntityHost<PolicyNamespace> host) => new(host, () => Interlocked.Increment(ref removalAsks));

    private CountingEntityHost<TState> Count<TState>(IEntityHost<TState> host)
        where TState : class, IEntity<TState> => new(host, () => Interlocked.Increment(ref asks));

    private static OnboardingOptions NewOptions() => new()
    {
        EndpointHosts = [Host],
        TlsSecretName = "tls",
        Workloads = new WorkloadsOptions
        {
            JwtIssuers = [new JwtIssuerOptions { Issuer = Issuer, ShortName = "corp" }],
            TrustedAddresses = [IPNetwork.Parse("192.0.2.0/24")],
        },
    };

    private static ResourceSnapshot NewResources(DateTimeOffset asOf) => new()
    {
        AsOf = asOf,
        Policies = [Allow()],
        WorkloadGroups =
        [
            new WorkloadGroup(
                new ObjectMeta { Namespace = Namespace, Name = Group, Labels = Map(("app", "ratings")) },
                Map(("app", "ratings"), ("version", "v1")),
                Map(),
                new WorkloadTemplate { Labels = Map(("class", "vm")), ServiceAccount = "ratings-vm", Ports = ImmutableSortedDictionary<string, int>.Empty.Add("http", 9080) },
                Probe: null),
        ],
    };

    private static ImmutableSortedDictionary<string, string> Map(params ReadOnlySpan<(string Key, string Value)> pairs)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            map.Add(key, value);
        }

        return map.ToImmutable();
    }

    /// <summary>Starts a process over the rows that are there.</summary>
    public void Start()
    {
        sessions = hosts.Start(Session.Codec, () => new NoEffects<Session>(), Time);
        addresses = hosts.Start(Address.Codec, () => new NoEffects<Address>(), Time);
        namespaces = hosts.Start(PolicyNamespace.Codec, () => new NoEffects<PolicyNamespace>(), Time);
        var census = new GroupCensus(Sink, Time);
        var held = new HeldRemovals(Meters, Time);
        workloads = hosts.Start(
            Workload.Codec, () => new WorkloadEffects(workloads, sessions, addresses, Sink, Catalog, Options, NewBrake(CountRemovals(namespaces), census, held), Audit, Time), Time);
        started.AddRange(new object[] { workloads, sessions, addresses, namespaces }.OfType<IAsyncDisposable>());
        var (countedWorkloads, countedSessions, countedAddresses, countedNamespaces) = (Count(workloads), Count(sessions), Count(addresses), Count(namespaces));
        var brake = NewBrake(countedNamespaces, census, held);
        SessionRegistry = new SessionRegistry(countedWorkloads, countedSessions, Catalog, Options, Keys, brake, Audit, Time);
        WorkloadRegistry = new WorkloadRegistry(
            countedWorkloads,
            countedSessions,
            countedAddresses,
            Sink,
            SidecarTokens,
            Catalog,
            Resources,
            Options,
            new EndpointAddresses(),
            new InstanceName("test"),
            brake,
            new RolloutTurns(countedNamespaces, census, Options, Time),
            Audit,
            Time);
        Held = held;
        Administration = new WorkloadAdministration(workloads, namespaces, Sink, Catalog, Resources, Options, brake, Audit, Time);
        Duty = new NamespaceDuty(workloads, Sink, Catalog, Options, Audit, Time, NullLogger<NamespaceDuty>.Instance);
    }

    /// <summary>Ends the process.</summary>
    public async Task StopAsync()
    {
        foreach (var host in started)
        {
            await host.DisposeAsync();
        }

        started.Clear();
    }

    private RemovalBrake NewBrake(IEntityHost<PolicyNamespace> host, GroupCensus census, HeldRemovals held) =>
        new(host, census, Catalog, Options, held, Time, NullLogger<RemovalBrake>.Instance);

    private sealed class TestMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }

    private sealed class EndpointAddresses : IEndpointAddresses
    {
        public bool Contains(IPAddress address) => address.Equals(IPAddress.Parse("203.0.113.1"));
    }
}
