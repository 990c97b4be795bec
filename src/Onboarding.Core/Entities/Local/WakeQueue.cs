namespace Onboarding.Core.Entities.Local;

/// <summary>One timer for many wakes: a heap of when each is due.</summary>
internal sealed class WakeQueue : IDisposable
{
    // Timers of .NET end at 49 days, and a wall clock may be set while one runs.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly PriorityQueue<Wakeable, DateTimeOffset> heap = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private DateTimeOffset next = DateTimeOffset.MaxValue;

    public WakeQueue(TimeProvider time)
    {
        this.time = time;
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes it at that time and at no other.</summary>
    public void Set(Wakeable wakeable, DateTimeOffset at)
    {
        lock (gate)
        {
            wakeable.Due = at;
            heap.Enqueue(wakeable, at);
            if (at < next)
            {
                Arm(at);
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void Fire()
    {
        List<Wakeable> due = [];
        lock (gate)
        {
            var now = time.GetUtcNow();
            next = DateTimeOffset.MaxValue;
            while (heap.TryPeek(out var wakeable, out var at))
            {
                // What was set anew has left its earlier entries behind.
                if (wakeable.Due == at)
                {
                    if (at > now)
                    {
                        Arm(at);
                        break;
                    }

                    wakeable.Due = null;
                    due.Add(wakeable);
                }

                heap.Dequeue();
            }
        }

        due.ForEach(wakeable => wakeable.Wake());
    }

    // Rounded up: a timer counts whole milliseconds and would otherwise fire before the time, again and again.
    private void Arm(DateTimeOffset at)
    {
        next = at;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - time.GetUtcNow()).TotalMilliseconds)));
        timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>What a <see cref="WakeQueue"/> wakes.</summary>
internal abstract class Wakeable
{
    /// <summary>When it is due; the queue's own.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>Is called when it is due; does not block and does not throw.</summary>
    public abstract void Wake();
}
