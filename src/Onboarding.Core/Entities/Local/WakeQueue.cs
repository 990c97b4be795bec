namespace Onboarding.Core.Entities.Local;

/// <summary>One timer for many wakes: a heap of when each is due.</summary>
internal sealed class WakeQueue : IDisposable
{
    // Timers of .NET end at 49 days, and a wall clock may be set while one runs.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const int SmallestSweep = 1024;

    private readonly Lock gate = new();
    private readonly PriorityQueue<Wakeable, DateTime> heap = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private DateTime next = Wakeable.Never;
    private int waiting;

    public WakeQueue(TimeProvider time)
    {
        this.time = time;
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Entries of the heap.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return heap.Count;
            }
        }
    }

    /// <summary>Wakes it at that time (UTC) and at no other.</summary>
    public void Set(Wakeable wakeable, DateTime at)
    {
        lock (gate)
        {
            if (wakeable.Due == at)
            {
                return;
            }

            waiting += wakeable.IsWaiting ? 0 : 1;
            wakeable.Due = at;
            heap.Enqueue(wakeable, at);
            Sweep();
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
            var now = time.GetUtcNow().UtcDateTime;
            next = Wakeable.Never;
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

                    wakeable.Due = Wakeable.Never;
                    waiting--;
                    due.Add(wakeable);
                }

                heap.Dequeue();
            }
        }

        due.ForEach(wakeable => wakeable.Wake());
    }

    // What was set anew leaves its earlier entry behind; a sweep costs what was set since the last.
    private void Sweep()
    {
        if (heap.Count >= SmallestSweep && heap.Count > waiting * 2)
        {
            var valid = heap.UnorderedItems.Where(entry => entry.Element.Due == entry.Priority).ToArray();
            heap.Clear();
            heap.EnqueueRange(valid);
            heap.TrimExcess();
        }
    }

    // Rounded up: a timer counts whole milliseconds and would otherwise fire before the time, again and again.
    private void Arm(DateTime at)
    {
        next = at;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - time.GetUtcNow().UtcDateTime).TotalMilliseconds)));
        timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>What a <see cref="WakeQueue"/> wakes.</summary>
internal abstract class Wakeable
{
    /// <summary>No time: it does not wait.</summary>
    public static readonly DateTime Never = DateTime.MaxValue;

    /// <summary>When it is due (UTC); the queue's own.</summary>
    public DateTime Due { get; set; } = Never;

    /// <summary>Whether it waits.</summary>
    public bool IsWaiting => Due != Never;

    /// <summary>Is called when it is due; does not block and does not throw.</summary>
    public abstract void Wake();
}
