namespace Onboarding.Core.Entities.Local;

/// <summary>Turns, one at a time, in the order they were asked for. A semaphore does the same, at three times the memory, which counts when there is one for each workload.</summary>
internal sealed class Turns
{
    private bool isTaken;
    private Queue<TaskCompletionSource>? waiting;

    /// <summary>Completes when it is the caller's turn, which <see cref="End"/> ends.</summary>
    /// <exception cref="OperationCanceledException">It was given up before.</exception>
    public ValueTask BeginAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        TaskCompletionSource next;
        lock (this)
        {
            if (!isTaken)
            {
                isTaken = true;
                return ValueTask.CompletedTask;
            }

            // Whoever ends a turn must not run the next one within it.
            next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (waiting ??= new()).Enqueue(next);
        }

        return cancellationToken.CanBeCanceled ? UntilGivenUpAsync(next, cancellationToken) : new ValueTask(next.Task);
    }

    /// <summary>Ends a turn; who waits longest has the next.</summary>
    public void End()
    {
        lock (this)
        {
            while (waiting is not null && waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            waiting = null;
            isTaken = false;
        }
    }

    private static async ValueTask UntilGivenUpAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static (turn, token) => ((TaskCompletionSource)turn!).TrySetCanceled(token), turn);
        await turn.Task;
    }
}
