using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Entities;

/// <summary>Effects: stored with the decision, in order, outside the turn, at least once.</summary>
public abstract class EntityHostEffectContract : EntityHostContract
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);
    private static readonly Announce First = new("a", "1");
    private static readonly Announce Second = new("b", "2");
    private static readonly Announce Third = new("c", "3");

    [Fact]
    public async Task Effects_OfADecision_DoneInOrder()
    {
        await Start().AskAsync(Key, new Tell(First, Second, Third));

        await Effects.AttemptedAsync(3);

        Effects.Attempted.ShouldBe([First, Second, Third]);
    }

    [Fact]
    public async Task Effects_WriteFailed_NotDone()
    {
        var host = Start();
        Store.FailNextWrite(WriteFault.BeforeItIsStored);

        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Tell(First)));
        await host.AskAsync(Key, new Tell(Second));
        await Effects.AttemptedAsync();

        Effects.Attempted.ShouldBe([Second]);
    }

    [Fact]
    public async Task Effects_StoredButTheReplyWasLost_DoneByTheNextActivation()
    {
        var host = Start();
        Store.FailNextWrite(WriteFault.AfterItIsStored);
        await ShouldBeUnavailableAsync(host.AskAsync(Key, new Tell(First)));
        Effects.Attempted.ShouldBeEmpty();

        await host.AskAsync(Key, new Look());
        await Effects.AttemptedAsync();

        Effects.Attempted.ShouldBe([First]);
    }

    [Fact]
    public async Task Effects_DeathBetweenWriteAndEffect_DoneByTheNextActivation()
    {
        var dead = new RecordingEffects<Beacon>();
        dead.Hold();
        await Start(effects: dead).AskAsync(Key, new Tell(First, Second));
        await dead.AttemptedAsync();

        await Start().AskAsync(Key, new Look());
        await Effects.AttemptedAsync(2);

        Effects.Attempted.ShouldBe([First, Second]);
        dead.Attempted.ShouldBe([First]);
    }

    [Fact]
    public async Task Effects_WhileOneRuns_TheEntityAnswers()
    {
        var host = Start();
        Effects.Hold();
        await host.AskAsync(Key, new Tell(First));
        await Effects.AttemptedAsync();

        (await host.AskAsync(Key, new Add(1))).ShouldBe(0);
    }

    [Fact]
    public async Task AskAfterEffects_AnsweredWhenTheyAreDone()
    {
        var host = Start();
        Effects.Hold();
        await host.AskAsync(Key, new Tell(First, Second));
        await Effects.AttemptedAsync();

        var asked = host.AskAsync(Key, new Look(IsAfterEffects: true)).AsTask();
        await host.AskAsync(Key, new Add(1));
        asked.IsCompleted.ShouldBeFalse();
        Effects.Release();

        (await asked).Added.ShouldBe([1]);
        Effects.Attempted.ShouldBe([First, Second]);
        (await host.AskAsync(Key, new Look(IsAfterEffects: true))).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task AskAfterEffects_LeftByAnEarlierActivation_AnsweredWhenTheyAreDone()
    {
        var dead = new RecordingEffects<Beacon>();
        dead.Hold();
        await Start(effects: dead).AskAsync(Key, new Tell(First, Second));
        await dead.AttemptedAsync();

        await Start().AskAsync(Key, new Look(IsAfterEffects: true));

        Effects.Attempted.ShouldBe([First, Second]);
    }

    [Fact]
    public async Task AskAfterEffects_OneFails_AnsweredWithoutWaitingForTheNextAttempt()
    {
        var host = Start();
        Effects.Hold();
        Effects.FailNext(1);
        await host.AskAsync(Key, new Tell(First, Second));
        await Effects.AttemptedAsync();

        var asked = host.AskAsync(Key, new Look(IsAfterEffects: true)).AsTask();
        Effects.Release();

        await asked;
        await host.AskAsync(Key, new Look(IsAfterEffects: true));
        Effects.Attempted.ShouldBe([First]);
    }

    [Fact]
    public async Task AskAfterEffects_CallerGivesUp_IsNotServed()
    {
        var host = Start();
        Effects.Hold();
        await host.AskAsync(Key, new Tell(First));
        await Effects.AttemptedAsync();
        using var caller = new CancellationTokenSource();

        var asked = host.AskAsync(Key, new Look(IsAfterEffects: true), caller.Token).AsTask();
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asked);
    }

    [Fact]
    public async Task Effects_HandlerAsksItsOwnEntity_Answered()
    {
        var host = Start();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Effects.OnHandle = async (key, _, cancellationToken) =>
        {
            await host.AskAsync(key, new Add(1), cancellationToken);
            told.SetResult();
        };

        await host.AskAsync(Key, new Tell(First));
        await told.Task;

        (await host.AskAsync(Key, new Look())).Added.ShouldBe([1]);
    }

    [Fact]
    public async Task Effects_OneFails_TriedAgainBeforeTheNext()
    {
        Effects.FailNext(2);
        await Start().AskAsync(Key, new Tell(First, Second));

        await AdvanceUntilAsync(() => Task.FromResult(Effects.Attempted.Count == 4), LongestRetry);

        Effects.Attempted.ShouldBe([First, First, First, Second]);
    }

    [Fact]
    public async Task Effects_OneFails_NotTriedAgainAtOnce()
    {
        Effects.FailNext(1);
        await Start().AskAsync(Key, new Tell(First));
        await Effects.AttemptedAsync();

        Time.Advance(TimeSpan.FromMilliseconds(499));
        await Task.Yield();

        Effects.Attempted.ShouldBe([First]);
    }

    [Fact]
    public async Task Effects_NewerOnTheSameTargetWhileOneWaits_Replaces()
    {
        var host = Start();
        Effects.Hold();
        await host.AskAsync(Key, new Tell(First, Second));
        await Effects.AttemptedAsync();
        var newer = Second with { Text = "newer" };

        await host.AskAsync(Key, new Tell(newer));
        Effects.Release();
        await Effects.AttemptedAsync();

        Effects.Attempted.ShouldBe([First, newer]);
        (await ReadRowAsync())!.Effects.ShouldBe([First, newer]);
    }

    [Fact]
    public async Task Effects_NewerOnTheTargetOfTheOneThatRuns_FollowsIt()
    {
        var host = Start();
        Effects.Hold();
        await host.AskAsync(Key, new Tell(First));
        await Effects.AttemptedAsync();
        var newer = First with { Text = "newer" };

        await host.AskAsync(Key, new Tell(newer));
        Effects.Release();
        await Effects.AttemptedAsync();

        Effects.Attempted.ShouldBe([First, newer]);
        (await ReadRowAsync())!.Effects.ShouldBe([newer]);
    }

    [Fact]
    public async Task Effects_NewerOnTheTargetOfOneThatFails_TheOlderIsNotTriedAgain()
    {
        var host = Start();
        Effects.FailNext(1);
        Effects.Hold();
        await host.AskAsync(Key, new Tell(First));
        await Effects.AttemptedAsync();
        var newer = First with { Text = "newer" };
        await host.AskAsync(Key, new Tell(newer));
        Effects.Release();

        await AdvanceUntilAsync(() => Task.FromResult(Effects.Attempted.Count == 2), LongestRetry);

        Effects.Attempted.ShouldBe([First, newer]);
    }

    [Fact]
    public async Task Effects_OfWhatHasGone_RowStaysUntilTheyAreDone()
    {
        var host = Start();
        await host.AskAsync(Key, new Add(1));
        Effects.Hold();
        await host.AskAsync(Key, new PutOut(First));
        await Effects.AttemptedAsync();
        (await ReadRowAsync())!.Effects.ShouldBe([First]);

        Effects.Release();

        await AdvanceUntilAsync(async () => await ReadRowAsync() is null, TimeSpan.FromSeconds(1));
        (await host.AskAsync(Key, new Look())).Added.ShouldBeEmpty();
    }

    [Fact]
    public async Task Effects_OfWhatHasGoneAndDied_DoneAgainAndThenTheRowGoes()
    {
        var dead = new RecordingEffects<Beacon>();
        dead.Hold();
        await Start(effects: dead).AskAsync(Key, new PutOut(First));
        await dead.AttemptedAsync();

        await Start().AskAsync(Key, new Look());
        await Effects.AttemptedAsync();

        await AdvanceUntilAsync(async () => await ReadRowAsync() is null, TimeSpan.FromSeconds(1));
    }
}
