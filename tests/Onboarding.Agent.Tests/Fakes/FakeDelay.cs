using System.Threading.Channels;
using Onboarding.Agent.Life;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Pauses that a test sees one by one and ends when it likes; time moves by as much.</summary>
internal sealed class FakeDelay(FakeTimeProvider time) : IDelay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<Pause> pauses = Channel.CreateUnbounded<Pause>();

    public async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var next = new Pause(pause, time);
        await using var cancelled = cancellationToken.Register(() => next.Cancel(cancellationToken));
        pauses.Writer.TryWrite(next);
        await next.Over;
    }

    /// <summary>The next pause that somebody makes.</summary>
    public async Task<Pause> NextAsync() => await pauses.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Ends the next pause, and gives its length.</summary>
    public async Task<TimeSpan> PassAsync()
    {
        var next = await NextAsync();
        next.Elapse();
        return next.Length;
    }

    internal sealed class Pause(TimeSpan length, FakeTimeProvider time)
    {
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Length => length;

        public Task Over => over.Task;

        public void Elapse()
        {
            time.Advance(length);
            over.TrySetResult();
        }

        public void Cancel(CancellationToken token) => over.TrySetCanceled(token);
    }
}
