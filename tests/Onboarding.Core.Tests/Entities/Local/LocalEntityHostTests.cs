using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;

namespace Onboarding.Core.Tests.Entities.Local;

public sealed class LocalEntityHostTests : IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider time = new();
    private readonly RecordingEffects<Beacon> effects = new();
    private readonly LocalEntityHost<Beacon> sut;

    public LocalEntityHostTests() =>
        sut = new(Beacon.Codec, new InMemoryEntityStore(), () => effects, time, NullLogger<LocalEntityHost<Beacon>>.Instance);

    public ValueTask DisposeAsync() => sut.DisposeAsync();

    [Fact]
    public async Task Idle_WithoutDeadline_LeavesMemoryAndIsLoadedAgain()
    {
        await sut.AskAsync("a", new Add(1));

        time.Advance(Idle);

        sut.Count.ShouldBe(0);
        (await sut.AskAsync("a", new Look())).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task Idle_ManyKeysThatAreNotThere_LeaveMemory()
    {
        for (var number = 0; number < 1000; number++)
        {
            await sut.AskAsync($"key-{number}", new Look());
        }

        time.Advance(Idle);

        sut.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Idle_AskedMeanwhile_Stays()
    {
        await sut.AskAsync("a", new Add(1));
        time.Advance(Idle / 2);
        await sut.AskAsync("a", new Look());

        time.Advance(Idle / 2);
        sut.Count.ShouldBe(1);

        time.Advance(Idle);
        sut.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Idle_WithDeadline_StaysUntilItEnded()
    {
        await sut.AskAsync("a", new TakeLease());
        time.Advance(Beacon.Lease / 2);
        await sut.AskAsync("a", new Beat());
        effects.Hold();

        time.Advance(Beacon.Lease - TimeSpan.FromSeconds(1));
        sut.Count.ShouldBe(1);

        time.Advance(TimeSpan.FromSeconds(1));
        await effects.AttemptedAsync();
        time.Advance(Idle * 10);
        sut.Count.ShouldBe(1, "its effect is not done");
        effects.Release();
    }

    [Fact]
    public async Task Dispose_LaterAsks_AreUnavailable()
    {
        await sut.AskAsync("a", new Add(1));

        await sut.DisposeAsync();

        await Should.ThrowAsync<UnavailableException>(sut.AskAsync("a", new Look()).AsTask());
    }

    [Fact]
    public async Task Dispose_EffectThatRuns_IsCancelled()
    {
        effects.Hold();
        await sut.AskAsync("a", new Tell(new Announce("a", "1")));
        await effects.AttemptedAsync();

        await sut.DisposeAsync();

        effects.Attempted.Count.ShouldBe(1);
    }
}
