using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Core.Tests.Workloads;

public sealed class NamespaceDutyTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly FakeResourceSource resources = new(null);
    private readonly FakeOptionsSource options = new(new() { EndpointHosts = ["host"], TlsSecretName = "tls" }, "uid");
    private readonly MemoryRegistrationSink sink = new();
    private readonly RecordingAuditTrail audit = new();
    private readonly InMemoryEntityHost<Workload> workloads;
    private readonly PolicyCatalog catalog;
    private readonly NamespaceDuty sut;
    private readonly CancellationTokenSource stopping = new();

    public NamespaceDutyTests()
    {
        workloads = new(Workload.Codec, time, new NoEffects<Workload>());
        catalog = new(resources, options, time, NullLogger<PolicyCatalog>.Instance);
        sut = new(workloads, sink, catalog, options, audit, time, NullLogger<NamespaceDuty>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        stopping.Dispose();
        catalog.Dispose();
        await workloads.DisposeAsync();
    }

    [Fact]
    public async Task Run_NamespacesThatAppear_AreWalkedOnceEach()
    {
        await WriteAsync("bookinfo", "ratings", epoch: 7);
        var running = sut.RunAsync(stopping.Token);
        audit.Records.ShouldBeEmpty("no list is complete yet");

        resources.Set(List("bookinfo"));
        await AdoptedAsync(1);
        await WriteAsync("shop", "carts", epoch: 8);
        resources.Set(List("bookinfo", "shop"));
        await AdoptedAsync(2);

        audit.Records.Select(record => (record.Act, record.Group, record.Epoch)).ShouldBe(
            [("registration.adopt", "bookinfo/ratings", 7L), ("registration.adopt", "shop/carts", 8L)]);
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public async Task Run_NamespaceWhoseGroupsHaveAllGone_IsWalkedForWhatIsWrittenThere()
    {
        await WriteAsync("bookinfo", "ratings", epoch: 7);
        resources.Set(List());
        _ = sut.RunAsync(stopping.Token);

        await AdoptedAsync(1);
    }

    [Fact]
    public async Task Run_SinkIsAway_TriesAgain()
    {
        await WriteAsync("bookinfo", "ratings", epoch: 7);
        sink.IsDown = true;
        resources.Set(List());
        _ = sut.RunAsync(stopping.Token);
        await RegistryWorld.UntilAsync(() => time.ActiveTimers > 0);

        sink.IsDown = false;
        time.Advance(TimeSpan.FromSeconds(10));

        await AdoptedAsync(1);
    }

    [Fact]
    public async Task Run_StorageIsAway_TriesAgain()
    {
        await WriteAsync("bookinfo", "ratings", epoch: 7);
        workloads.Store.IsDown = true;
        resources.Set(List("bookinfo"));
        var running = sut.RunAsync(stopping.Token);
        await RegistryWorld.UntilAsync(() => time.ActiveTimers > 0);

        workloads.Store.IsDown = false;
        time.Advance(TimeSpan.FromSeconds(10));

        await AdoptedAsync(1);
        running.IsCompleted.ShouldBeFalse();
    }

    private static ResourceSnapshot List(params string[] namespaces) => new()
    {
        AsOf = DateTimeOffset.UnixEpoch,
        WorkloadGroups =
        [
            .. namespaces.Select(name => new WorkloadGroup(
                new ObjectMeta { Namespace = name, Name = name == "shop" ? "carts" : "ratings" },
                ImmutableSortedDictionary<string, string>.Empty,
                ImmutableSortedDictionary<string, string>.Empty,
                new WorkloadTemplate(),
                Probe: null)),
        ],
    };

    private Task AdoptedAsync(int count) => RegistryWorld.UntilAsync(() => audit.Records.Count == count);

    private async Task WriteAsync(string @namespace, string group, long epoch) => await sink.ApplyAsync(
        new WorkloadAutoRegistration(
            new ObjectMeta { Namespace = @namespace, Name = $"{group}-jwt-corp--vm1" }, group, Examples.Identity, Examples.Registration, [], null),
        entry: null,
        epoch,
        CancellationToken.None);
}
