using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Silo.Entities;
using Onboarding.Silo.Partitions;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;

namespace Onboarding.Silo.Tests.Partitions;

public sealed class ClusterContactTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider time = new();
    private readonly Paths paths = new();
    private readonly ClusterContact sut;

    public ClusterContactTests() => sut = new ClusterContact(paths, time, NullLogger<ClusterContact>.Instance);

    public void Dispose() => sut.Dispose();

    [Fact]
    public async Task IsLost_APeerAnswers_NoAndTheTableIsNotAsked()
    {
        await CheckAsync(times: 5);

        sut.IsLost.ShouldBeFalse();
        paths.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task IsLost_OnlyTheTableAnswers_NoAndItIsAskedEachTime()
    {
        paths.Peer = () => Task.FromResult(false);

        await CheckAsync(times: 5);

        sut.IsLost.ShouldBeFalse();
        paths.Reads.ShouldBe(5);
    }

    [Fact]
    public async Task IsLost_NobodyAnswersOnce_No()
    {
        CutOff();
        await CheckAsync(times: 1);

        sut.IsLost.ShouldBeFalse();
    }

    [Fact]
    public async Task IsLost_NobodyAnswersTwice_YesUntilSomebodyDoes()
    {
        CutOff();
        await CheckAsync(times: 2);
        sut.IsLost.ShouldBeTrue();
        (await sut.FindProblemAsync(default)).ShouldNotBeNull().ShouldContain("neither another silo nor the membership table");

        paths.Table = () => Task.CompletedTask;
        await CheckAsync(times: 1);
        sut.IsLost.ShouldBeFalse();
        (await sut.FindProblemAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task IsLost_NothingIsRefusedAndNothingArrives_Yes()
    {
        paths.Peer = () => new TaskCompletionSource<bool>().Task;
        paths.Table = () => new TaskCompletionSource().Task;

        for (var checking = CheckAsync(times: 2); !checking.IsCompleted; await Task.Yield())
        {
            time.Advance(Patience);
        }

        sut.IsLost.ShouldBeTrue();
    }

    [Fact]
    public async Task Ask_ContactIsLost_UnavailableAndNoGrainIsAsked()
    {
        CutOff();
        await CheckAsync(times: 2);
        var host = new GrainEntityHost<Beacon>("beacon", Beacon.Messages, null!, sut, NullLogger<GrainEntityHost<Beacon>>.Instance);

        (await Should.ThrowAsync<UnavailableException>(async () => await host.AskAsync("north", new Add(1)))).Message.ShouldContain("cut off");
    }

    private void CutOff()
    {
        paths.Peer = () => Task.FromException<bool>(new TimeoutException());
        paths.Table = () => Task.FromException(new IOException());
    }

    private async Task CheckAsync(int times)
    {
        for (var round = 0; round < times; round++)
        {
            await sut.CheckAsync(default);
        }
    }

    private sealed class Paths : IClusterPaths
    {
        public Func<Task<bool>> Peer { get; set; } = () => Task.FromResult(true);

        public Func<Task> Table { get; set; } = () => Task.CompletedTask;

        public int Reads { get; private set; }

        public Task<bool> ReachPeerAsync() => Peer();

        public Task ReadMembershipAsync()
        {
            Reads++;
            return Table();
        }
    }
}
