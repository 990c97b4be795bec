namespace Onboarding.Cli.Load;

/// <summary>Lets workloads live: starts each step when it is due, as far as the concurrency allows, and never skips one.</summary>
internal sealed class LoadRun(LoadSettings settings, IReadOnlyList<LoadWorkload> workloads, LoadStatistics statistics, TimeProvider time) : IDisposable
{
    // How soon a step is noticed that was planned while the one before it in the queue was being waited for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);

    private readonly PriorityQueue<LoadWorkload, long> due = new();
    private readonly Lock gate = new();
    private readonly SemaphoreSlim slots = new(settings.Concurrency);
    private volatile Task failed = Task.CompletedTask;

    /// <summary>From the start until all had joined for the first time; null: they never had.</summary>
    public TimeSpan? AllJoinedAfter { get; private set; }

    /// <summary>How long it took, without the leaving at the end.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>How many were joined at the end, before they left.</summary>
    public int Joined { get; private set; }

    /// <summary>Steps that were due at the end and had not been started: what this process or the endpoint could not keep up with.</summary>
    public int Unstarted { get; private set; }

    /// <summary>Runs the test.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        PlanJoins(started);
        while (!cancellationToken.IsCancellationRequested && !IsOver(started))
        {
            await failed;
            await StartNextAsync(cancellationToken);
        }

        Took = time.GetElapsedTime(started);
        Unstarted = CountDue();
        Joined = statistics.Joined;
        for (var slot = 0; slot < settings.Concurrency; slot++)
        {
            await slots.WaitAsync(CancellationToken.None);
        }

        slots.Release(settings.Concurrency);
        if (!settings.Stays)
        {
            await LeaveAsync(cancellationToken);
        }
    }

    public void Dispose() => slots.Dispose();

    private void PlanJoins(long started)
    {
        for (var number = 0; number < workloads.Count; number++)
        {
            var after = settings.JoinsPerSecond is { } rate ? TimeSpan.FromSeconds(number / rate) : TimeSpan.Zero;
            due.Enqueue(workloads[number], started + Ticks(after));
        }
    }

    private bool IsOver(long started)
    {
        var elapsed = time.GetElapsedTime(started);
        if (AllJoinedAfter is null && statistics.Joined == workloads.Count)
        {
            AllJoinedAfter = elapsed;
        }

        return settings.Duration == TimeSpan.Zero ? AllJoinedAfter is not null : elapsed >= settings.Duration;
    }

    private async Task StartNextAsync(CancellationToken cancellationToken)
    {
        if (!await slots.WaitAsync(LongestWait, cancellationToken))
        {
            return;
        }

        LoadWorkload? workload;
        TimeSpan wait;
        long at;
        lock (gate)
        {
            wait = due.TryPeek(out workload, out at) ? Until(at) : LongestWait;
            workload = wait > TimeSpan.Zero ? null : due.Dequeue();
        }

        if (workload is null)
        {
            slots.Release();
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
            return;
        }

        _ = StepsAsync(workload, at);
    }

    private async Task StepsAsync(LoadWorkload workload, long intended)
    {
        try
        {
            await Task.Yield();
            var wait = await workload.StepAsync(intended);
            while (wait == TimeSpan.Zero)
            {
                wait = await workload.StepAsync(statistics.Now);
            }

            lock (gate)
            {
                due.Enqueue(workload, statistics.Now + Ticks(wait));
            }
        }
        catch (Exception fault)
        {
            failed = Task.FromException(fault);
        }
        finally
        {
            slots.Release();
        }
    }

    // Here nothing is intended for a time: each leaves when it is its turn.
    private Task LeaveAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        workloads.Where(workload => workload.IsRegistered),
        new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken },
        async (workload, _) => await workload.LeaveAsync(statistics.Now));

    private int CountDue()
    {
        lock (gate)
        {
            return due.UnorderedItems.Count(item => Until(item.Priority) <= TimeSpan.Zero);
        }
    }

    private TimeSpan Until(long at) => -time.GetElapsedTime(at);

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
