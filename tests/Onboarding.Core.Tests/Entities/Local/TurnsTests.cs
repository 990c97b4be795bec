using Onboarding.Core.Entities.Local;

namespace Onboarding.Core.Tests.Entities.Local;

public sealed class TurnsTests
{
    private readonly Turns sut = new();

    [Fact]
    public void Begin_WhenFree_IsAtOnce() => sut.BeginAsync().AsTask().IsCompletedSuccessfully.ShouldBeTrue();

    [Fact]
    public async Task End_WithSeveralThatWait_TheyComeInOrderAndOneAtATime()
    {
        await sut.BeginAsync();
        var second = sut.BeginAsync().AsTask();
        var third = sut.BeginAsync().AsTask();

        sut.End();
        await second;
        third.IsCompleted.ShouldBeFalse();

        sut.End();
        await third;
        sut.End();
        sut.BeginAsync().AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Begin_GivenUp_TheNextHasTheTurn()
    {
        using var impatience = new CancellationTokenSource();
        await sut.BeginAsync();
        var impatient = sut.BeginAsync(impatience.Token).AsTask();
        var patient = sut.BeginAsync().AsTask();

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        sut.End();

        await patient;
    }

    [Fact]
    public async Task Begin_GivenUpBefore_TakesNoTurn()
    {
        await Should.ThrowAsync<OperationCanceledException>(async () => await sut.BeginAsync(new CancellationToken(canceled: true)));

        sut.BeginAsync().AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Begin_ByMany_NeverTwoAtOnce()
    {
        var (within, most) = (0, 0);

        await Parallel.ForAsync(0, 2000, async (_, cancellationToken) =>
        {
            await sut.BeginAsync(cancellationToken);
            most = Math.Max(most, Interlocked.Increment(ref within));
            await Task.Yield();
            Interlocked.Decrement(ref within);
            sut.End();
        });

        most.ShouldBe(1);
    }
}
