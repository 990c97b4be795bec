using System.Threading.Channels;

namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// Waits until nothing has been touched for a while: a change that is made of many writes is taken over once, when it is whole.
/// What is touched without end is taken over all the same, after the longest wait.
/// </summary>
internal sealed class QuietPeriod : IDisposable
{
    private readonly Channel<bool> passed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly TimeSpan quiet;
    private readonly TimeSpan longest;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private DateTimeOffset? firstTouch;

    public QuietPeriod(TimeSpan quiet, TimeSpan longest, TimeProvider time)
    {
        (this.quiet, this.longest, this.time) = (quiet, longest, time);
        timer = time.CreateTimer(_ => Pass(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something was changed: the wait begins, or begins anew.</summary>
    public void Touch()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            firstTouch ??= now;
            var left = firstTouch.Value + longest - now;
            timer.Change(left < quiet ? TimeSpan.FromTicks(Math.Max(left.Ticks, 0)) : quiet, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits for the end of a quiet period after a touch.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await passed.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Pass()
    {
        lock (gate)
        {
            firstTouch = null;
        }

        passed.Writer.TryWrite(true);
    }
}
