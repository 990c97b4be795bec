using Onboarding.Core.Entities;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Entities;

/// <summary>One writer per key; stored before the reply; what a failed write leaves behind.</summary>
public abstract class EntityHostWriteContract : EntityHostContract
{
    [Fact]
    public async Task Ask_ManyAtOnce_OneWriter()
    {
        var host = Start();

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => host.AskAsync(Key, new Add(number)).AsTask())));

        replies.Order().ShouldBe(Enumerable.Range(0, 100));
        (await host.AskAsync(Key, new Look())).Added.Length.ShouldBe(100);
    }

    [Fact]
    public async Task Ask_OtherKeys_DoNotWait()
    {
        var host = Start();
        await host.AskAsync("south", new Add(1));
        var arrived = Store.HoldWrites();
        var held = host.AskAsync(Key, new Add(1)).AsTask();
        await arrived;

        (await host.AskAsync("south", new Look())).Added.ShouldBe([1]);

        held.IsCompleted.ShouldBeFalse();
        Store.Release();
        await held;
    }

    [Fact]
    public async Task Ask_Durable_StoredBeforeTheReply()
    {
        var host = Start();
        var arrived = Store.HoldWrites();

        var asked = host.AskAsync(Key, new Add(7)).AsTask();
        await arrived;

        asked.IsCompleted.ShouldBeFalse();
        (await ReadRowAsync()).ShouldBeNull();
        Store.Release();
        await asked;
        (await ReadRowAsync())!.State.Added.ShouldBe([7]);
    }

    [Fact]
    public async Task Ask_AnotherWhileAWriteRuns_SeesWhatWasStored()
    {
        var host = Start();
        var arrived = Store.HoldWrites();
        var asked = host.AskAsync(Key, new Add(7)).AsTask();
        await arrived;

        var looked = host.AskAsync(Key, new Look()).AsTask();

        looked.IsCompleted.ShouldBeFalse();
        Store.Release();
        (await looked).Added.ShouldBe([7]);
        await asked;
    }

    [Fact]
    public async Task Ask_AfterADeath_NothingAcknowledgedIsLost()
    {
        var first = Start();
        await first.AskAsync(Key, new Add(1));
        await first.AskAsync(Key, new Add(2));

        (await Start().AskAsync(Key, new Look())).Added.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Ask_Look_WritesNothing()
    {
        var host = Start();

        await host.AskAsync(Key, new Look());

        Store.Writes.ShouldBe(0);
        (await ReadRowAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Ask_WriteFailsBeforeItIsStored_UnavailableAndNothingHappened()
    {
        var host = Start();
        await host.AskAsync(Key, new Add(1));
        Store.FailNextWrite(WriteFault.BeforeItIsStored);

        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Add(2)));

        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1]);
        (await host.AskAsync(Key, new Add(2))).ShouldBe(1);
    }

    [Fact]
    public async Task Ask_WriteFailsAfterItIsStored_UnavailableAndAskingAgainGivesTheSameReply()
    {
        var host = Start();
        await host.AskAsync(Key, new Add(1));
        Store.FailNextWrite(WriteFault.AfterItIsStored);

        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Add(2)));

        (await host.AskAsync(Key, new Add(2))).ShouldBe(1);
        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Ask_QueuedBehindAFailedWrite_Unavailable()
    {
        var host = Start();
        await host.AskAsync(Key, new Add(1));
        var arrived = Store.HoldWrites();
        Store.FailNextWrite(WriteFault.BeforeItIsStored);
        var failing = host.AskAsync(Key, new Add(2));
        await arrived;
        var queued = Enumerable.Range(0, 5).Select(_ => host.AskAsync(Key, new Look())).ToList();

        Store.Release();

        await ShouldBeUnavailableAsync(failing);
        foreach (var look in queued)
        {
            await (StandsInLineAtOnce ? ShouldBeUnavailableAsync(look) : ShouldNotHaveSeenItAsync(look));
        }

        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task Ask_StoreCannotBeRead_UnavailableUntilItCan()
    {
        await Start().AskAsync(Key, new Add(1));
        var host = Start();
        Store.IsDown = true;

        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Look()));

        Store.IsDown = false;
        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task Ask_RowOfALaterRelease_UnavailableAndLeftAsItIs()
    {
        await WriteRowAsync("""{"schema":2,"state":{"unheardOf":true}}""");
        var writes = Store.Writes;
        var host = Start();

        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Add(1)));

        Store.Writes.ShouldBe(writes);
        await Should.ThrowAsync<UnreadableEntityException>(ReadRowAsync());
    }

    [Fact]
    public async Task Ask_CallerGaveUpWhileItWaited_NothingWasDone()
    {
        var host = Start();
        using var caller = new CancellationTokenSource();
        var arrived = Store.HoldWrites();
        var first = host.AskAsync(Key, new Add(1)).AsTask();
        await arrived;
        var second = host.AskAsync(Key, new Add(2), caller.Token).AsTask();

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(second);
        Store.Release();
        await first;
        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task Ask_CallerGaveUpWhileItIsWritten_ItIsDoneAllTheSame()
    {
        var host = Start();
        using var caller = new CancellationTokenSource();
        var arrived = Store.HoldWrites();
        var asked = host.AskAsync(Key, new Add(1), caller.Token).AsTask();
        await arrived;

        await caller.CancelAsync();
        Store.Release();

        (await asked).ShouldBe(0);
        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task Ask_NothingLeft_RowIsDeleted()
    {
        var host = Start();
        await host.AskAsync(Key, new Add(1));

        await host.AskAsync(Key, new PutOut());

        (await ReadRowAsync()).ShouldBeNull();
        (await host.AskAsync(Key, new Add(5))).ShouldBe(0);
        (await ReadRowAsync())!.State.Added.ShouldBe([5]);
    }

    // It may have arrived after the activation had gone, and was then answered by the next one.
    private static async Task ShouldNotHaveSeenItAsync(ValueTask<Beacon> asked)
    {
        try
        {
            (await asked).Added.ShouldBe([1]);
        }
        catch (UnavailableException)
        {
        }
    }
}
