using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol;
using Onboarding.Silo.Duties;
using Onboarding.TestKit.Time;
using Onboarding.TestKit.Workloads;
using Orleans.TestingHost;

namespace Onboarding.Silo.Tests.Duties;

/// <summary>Three silos with a keeper each, and one registration: how often it is shown to its workload says how often its namespace is walked.</summary>
public sealed class NamespaceDutyGrainTests : IAsyncLifetime, IDisposable
{
    private const string Namespace = "bookinfo";
    private static readonly TimeSpan KeepersInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider time = new();
    private readonly FakeOptionsSource options = new(new() { EndpointHosts = ["host"], TlsSecretName = "tls" }, "uid");
    private readonly FakeResourceSource resources = new(new() { AsOf = DateTimeOffset.UnixEpoch });
    private readonly MemoryRegistrationSink sink = new();
    private readonly ConcurrentQueue<string> walkers = new();
    private readonly PolicyCatalog catalog;
    private InProcessTestCluster cluster = null!;

    public NamespaceDutyGrainTests() => catalog = new(resources, options, time, NullLogger<PolicyCatalog>.Instance);

    public async Task InitializeAsync()
    {
        await WriteAsync();
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((silo, building) =>
        {
            building.Services.AddLogging(logging => logging.ClearProviders());
            var duty = new NamespaceDuty(
                new AskedWorkloads(() => walkers.Enqueue(silo.SiloName)), sink, catalog, options, new RecordingAuditTrail(), time, NullLogger<NamespaceDuty>.Instance);
            building.Services.AddSingleton(new DutyServices(duty, time));
            building.Services.AddHostedService(provider => new NamespaceKeeper(
                provider.GetRequiredService<IGrainFactory>(), duty, time, NullLogger<NamespaceKeeper>.Instance));
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    public void Dispose() => catalog.Dispose();

    [Fact]
    public async Task Keep_ThreeKeepers_TheNamespaceIsWalkedOnce()
    {
        await UntilAsync(() => !walkers.IsEmpty);

        await KeepAsync(times: 20);

        walkers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Keep_ItsSiloHasGone_AnotherOneWalks()
    {
        await UntilAsync(() => !walkers.IsEmpty);
        var first = walkers.Single();

        await cluster.StopSiloAsync(cluster.Silos.Single(silo => silo.Name == first));
        await UntilAsync(() => walkers.Count > 1);

        walkers.Last().ShouldNotBe(first, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Keep_AnotherSiloHasGone_WalksAgainOnceAgentsHadTheirTurn()
    {
        await UntilAsync(() => !walkers.IsEmpty);
        var walker = walkers.Single();

        await cluster.StopSiloAsync(cluster.Silos.First(silo => silo.Name != walker));
        await KeepAsync(times: 1);
        walkers.Count.ShouldBe(1);
        await UntilAsync(() => walkers.Count > 1);
        await KeepAsync(times: 20);

        walkers.ShouldBe([walker, walker], StringComparer.Ordinal);
    }

    // A round of every keeper, and of the test's own call behind theirs.
    private async Task KeepAsync(int times)
    {
        for (var round = 0; round < times; round++)
        {
            time.Advance(KeepersInterval);
            await cluster.Client.GetGrain<INamespaceDutyGrain>(Namespace).KeepAsync();
        }
    }

    private async Task UntilAsync(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!happened())
        {
            patience.Token.ThrowIfCancellationRequested();
            await KeepAsync(times: 1);
        }
    }

    private async Task WriteAsync() => await sink.ApplyAsync(
        new WorkloadAutoRegistration(
            new ObjectMeta { Namespace = Namespace, Name = "ratings-jwt-corp--vm1" },
            "ratings",
            new JwtIdentity("https://issuer.example.com", "vm1", ImmutableSortedDictionary<string, string>.Empty),
            new Registration(new RegistrationAgent("1.0.0"), new RegistrationSidecar(new IstioSidecar("1.27.0")), new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)])),
            [],
            null),
        entry: null,
        epoch: 7,
        CancellationToken.None);

    /// <summary>Workloads that know what they are shown.</summary>
    private sealed class AskedWorkloads(Action asked) : IEntityHost<Workload>
    {
        public ValueTask<TReply> AskAsync<TReply>(string key, ICommand<Workload, TReply> command, CancellationToken cancellationToken = default)
        {
            asked();
            return ValueTask.FromResult((TReply)(object)AdoptReply.Known);
        }
    }
}
