using Onboarding.Core.Entities;
using Onboarding.TestKit.Time;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Entities;

/// <summary>Claims, leases and the passing of time.</summary>
public abstract class EntityHostLeaseContract : EntityHostContract
{
    private static readonly TimeSpan JustBefore = Beacon.Lease - TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Heartbeat_OfAClaimedEntity_WritesNothing()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());
        var writes = Store.Writes;

        for (var beat = 0; beat < 10; beat++)
        {
            await host.AskAsync(Key, new Beat());
        }

        Store.Writes.ShouldBe(writes);
        (await host.AskAsync(Key, new Look())).Beats.ShouldBe(10);
    }

    [Fact]
    public async Task Heartbeat_FirstAfterALoad_ClaimsBeforeItIsAnswered()
    {
        await Start().AskAsync(Key, new TakeLease());
        var host = Start();
        var writes = Store.Writes;
        var arrived = Store.HoldWrites();

        var beat = host.AskAsync(Key, new Beat()).AsTask();
        await arrived;

        beat.IsCompleted.ShouldBeFalse();
        Store.Release();
        await beat;
        await host.AskAsync(Key, new Beat());
        Store.Writes.ShouldBe(writes + 1);
    }

    [Fact]
    public async Task Deadline_OwnerThatLostItsClaim_EndsNothing()
    {
        var stoppedTime = new FakeTimeProvider();
        var stopped = Start(stoppedTime);
        await stopped.AskAsync(Key, new TakeLease());
        var owner = Start();
        await owner.AskAsync(Key, new Beat());

        stoppedTime.Advance(Beacon.Lease + TimeSpan.FromSeconds(5));
        await AfterItsTurnAsync(stopped);

        (await ReadRowAsync())!.State.LeaseEnds.ShouldNotBeNull();
        (await owner.AskAsync(Key, new Beat())).Beats.ShouldBe(2);
        Effects.Attempted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_OwnerThatLostItsClaim_UnavailableAndThenUpToDate()
    {
        var stopped = Start();
        await stopped.AskAsync(Key, new Add(1));
        await Start().AskAsync(Key, new Add(2));

        await ShouldBeUnavailableAsync(stopped.AskAsync(Key, new Add(3)));

        (await stopped.AskAsync(Key, new Look())).Added.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Ask_OwnerWhoseRowWasDeletedAndMadeAnew_Unavailable()
    {
        var stopped = Start();
        await stopped.AskAsync(Key, new Add(1));
        var owner = Start();
        await owner.AskAsync(Key, new PutOut());
        await owner.AskAsync(Key, new Add(9));

        await ShouldBeUnavailableAsync(stopped.AskAsync(Key, new Add(2)));

        (await ReadRowAsync())!.State.Added.ShouldBe([9]);
    }

    [Fact]
    public async Task Deadline_NotReached_NothingEnds()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());

        Time.Advance(JustBefore);

        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldNotBeNull();
    }

    [Fact]
    public async Task Deadline_Reached_EndsDurably()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());

        Time.Advance(Beacon.Lease);
        await Effects.AttemptedAsync();

        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBeNull();
        (await ReadRowAsync())!.State.LeaseEnds.ShouldBeNull();
        Effects.Attempted.ShouldBe([new Announce("lease", "ended")]);
    }

    [Fact]
    public async Task Deadline_MovedByHeartbeats_EndsThen()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());
        Time.Advance(JustBefore);
        await host.AskAsync(Key, new Beat());

        // The wake that was armed first takes its turn before the next question, and at its own time.
        Time.Advance(TimeSpan.FromSeconds(1));
        await host.AskAsync(Key, new Look());
        Time.Advance(JustBefore - TimeSpan.FromSeconds(1));
        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldNotBeNull();

        Time.Advance(TimeSpan.FromSeconds(1));
        await Effects.AttemptedAsync();
        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBeNull();
    }

    [Fact]
    public async Task Deadline_FiresLate_ExtendsOnceAndThenEnds()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());

        Time.Jump(Beacon.Lease + TimeSpan.FromSeconds(31));
        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBe(Time.GetUtcNow() + Beacon.Lease);

        Time.Advance(Beacon.Lease);
        await Effects.AttemptedAsync();
        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBeNull();
    }

    [Fact]
    public async Task Deadline_FiresALittleLate_Ends()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());

        Time.Jump(Beacon.Lease + TimeSpan.FromSeconds(30));
        await Effects.AttemptedAsync();

        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBeNull();
    }

    [Fact]
    public async Task Load_AfterAnOutageOfAnyLength_LeaseBeginsAnew()
    {
        await Start(new FakeTimeProvider()).AskAsync(Key, new TakeLease());
        Time.Jump(TimeSpan.FromDays(30));
        var host = Start();

        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBe(Time.GetUtcNow() + Beacon.Lease);

        Time.Advance(JustBefore);
        (await ReadRowAsync())!.State.LeaseEnds.ShouldNotBeNull();
    }

    [Fact]
    public async Task Outage_OfTheStore_HeartbeatsGoOnAndNobodyIsRemoved()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());
        Store.IsDown = true;

        (await host.AskAsync(Key, new Beat())).Beats.ShouldBe(1);
        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Add(1)));
        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Beat()));
        Time.Advance(TimeSpan.FromHours(1));

        Store.IsDown = false;
        (await host.AskAsync(Key, new Beat())).LeaseEnds.ShouldBe(Time.GetUtcNow() + Beacon.Lease);
        Effects.Attempted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deadline_CannotBeStored_NobodyIsToldThatItEnded()
    {
        var host = Start();
        await host.AskAsync(Key, new TakeLease());
        Store.IsDown = true;

        Time.Advance(Beacon.Lease);
        await AfterItsTurnAsync(host);

        Store.IsDown = false;
        (await host.AskAsync(Key, new Look())).LeaseEnds.ShouldBe(Time.GetUtcNow() + Beacon.Lease);
        Effects.Attempted.ShouldBeEmpty();
    }

    // Whether it was told so, behind the deadline's turn, or came later and found a new activation.
    private static async Task AfterItsTurnAsync(IEntityHost<Beacon> host)
    {
        try
        {
            await host.AskAsync(Key, new Look());
        }
        catch (UnavailableException)
        {
        }
    }
}
