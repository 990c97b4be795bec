using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Core.Tests.Workloads.Namespaces;

public sealed class GroupCensusTests
{
    private const string Workload = "bookinfo/ratings/0123456789abcdef0123456789abcdef";

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch);
    private readonly SlowSink sink = new();
    private readonly GroupCensus sut;

    public GroupCensusTests() => sut = new GroupCensus(sink, time);

    [Fact]
    public async Task Count_WhoAskedFirstGivesUp_GoesOnForTheOthers()
    {
        using var first = new CancellationTokenSource();
        var given = sut.CountAsync("bookinfo", "ratings", isOldGoodEnough: true, first.Token);
        var waiting = sut.CountAsync("bookinfo", "ratings", isOldGoodEnough: true, CancellationToken.None);
        await first.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given.AsTask());

        sink.Listing.SetResult([new WrittenWorkload("bookinfo", "ratings", 1, HasLeft: false), new WrittenWorkload("bookinfo", "ratings", 2, HasLeft: true)]);

        (await waiting).Members.ShouldBe(1);
        sink.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeat_WhileALargeNamespaceIsCounted_IsToldToWaitWithItsRestart()
    {
        var turns = new RolloutTurns(null!, sut, new FakeOptionsSource(new OnboardingOptions { EndpointHosts = ["localhost"], TlsSecretName = "tls" }, "uid"), time);

        var decided = turns.DecideAsync(Workload, new SidecarStatus(SidecarState.Ready), "r2.1", hasRestarted: false, CancellationToken.None);
        decided.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await decided).ShouldBe(RestartTurn.Hold);
    }

    private sealed class SlowSink : IRegistrationSink
    {
        public TaskCompletionSource<IReadOnlyList<WrittenWorkload>> Listing { get; } = new();

        public int Asked { get; private set; }

        public ValueTask<IReadOnlyList<WrittenWorkload>> ListWorkloadsAsync(string @namespace, CancellationToken cancellationToken)
        {
            Asked++;
            return new(Listing.Task.WaitAsync(cancellationToken));
        }

        public ValueTask<string?> ApplyAsync(WorkloadAutoRegistration registration, WorkloadEntry? entry, long epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask RemoveAsync(string @namespace, string name, long epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<WrittenRegistration>> ListAsync(string @namespace, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<string>> ListNamespacesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
