namespace Onboarding.Agent.Life;

/// <summary>When each duty is due, by a clock that nobody sets.</summary>
internal sealed class Agenda(TimeProvider time, Random random)
{
    private readonly Dictionary<Duty, Entry> entries = [];

    /// <summary>The duty that is due first, and how long until then.</summary>
    public (Duty Duty, TimeSpan Wait) Next()
    {
        var (duty, entry) = entries.Where(item => item.Value.Due is not null).OrderBy(item => item.Value.Due).ThenBy(item => item.Key).First();
        var wait = TimeSpan.FromTicks(entry.Due!.Value) - Now;
        return (duty, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    /// <summary>It went well: due again after a while; null: when it is asked for.</summary>
    public void Done(Duty duty, TimeSpan? again)
    {
        var entry = EntryOf(duty);
        entry.Backoff.Reset();
        entry.Due = again is { } after ? (Now + after).Ticks : null;
    }

    /// <summary>It failed: due again after a pause that grows.</summary>
    public void Failed(Duty duty, TimeSpan? retryAfter)
    {
        var entry = EntryOf(duty);
        entry.Due = (Now + entry.Backoff.Next(retryAfter)).Ticks;
    }

    /// <summary>Due now, unless it is planned already: a try that waits is not hurried.</summary>
    public void Ask(Duty duty) => EntryOf(duty).Due ??= Now.Ticks;

    private TimeSpan Now => time.GetElapsedTime(0);

    private Entry EntryOf(Duty duty)
    {
        if (!entries.TryGetValue(duty, out var entry))
        {
            entries[duty] = entry = new Entry(new Backoff(random));
        }

        return entry;
    }

    private sealed class Entry(Backoff backoff)
    {
        public Backoff Backoff => backoff;

        public long? Due { get; set; }
    }
}
