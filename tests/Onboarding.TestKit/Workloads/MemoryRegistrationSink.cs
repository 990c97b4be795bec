using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;

namespace Onboarding.TestKit.Workloads;

/// <summary>Registrations in memory, with the rules of every sink: nothing with a higher epoch, or of another identity, is touched.</summary>
public sealed class MemoryRegistrationSink : IRegistrationSink
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = NewSignal();
    private TaskCompletionSource? held;
    private int uids;

    /// <summary>Whether writes fail.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether lists fail.</summary>
    public bool IsUnlistable { get; set; }

    /// <summary>How often something was written or removed.</summary>
    public int Changes { get; private set; }

    /// <summary>What is written under a name; null: nothing.</summary>
    public WorkloadAutoRegistration? Registration(string name) => Find(name)?.Registration;

    /// <summary>The entry that is written under a name; null: none.</summary>
    public WorkloadEntry? Entry(string name) => Find(name)?.Entry;

    /// <summary>A condition of what is written under a name.</summary>
    public Condition? Condition(string name, string type) =>
        Registration(name)?.Conditions.FirstOrDefault(condition => condition.Type == type);

    /// <summary>Completes when something holds, which is looked at after every change.</summary>
    public async Task UntilAsync(Func<MemoryRegistrationSink, bool> holds)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = changed.Task;
            }

            if (holds(this))
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Writes wait until <see cref="Release"/>.</summary>
    public void Hold() => held = NewSignal();

    /// <summary>Lets the writes that wait go on.</summary>
    public void Release() => Interlocked.Exchange(ref held, null)?.SetResult();

    /// <summary>Takes an entry away behind everybody's back.</summary>
    public void Lose(string name)
    {
        lock (gate)
        {
            rows.Remove(name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> ApplyAsync(WorkloadAutoRegistration registration, WorkloadEntry? entry, long epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        if (held is { } wait)
        {
            await wait.Task.WaitAsync(cancellationToken);
        }

        lock (gate)
        {
            ThrowIfDown();
            var name = registration.Metadata.Name;
            var before = rows.GetValueOrDefault(name);
            if (before is not null && (before.Epoch > epoch || KeyOf(before.Registration) != KeyOf(registration)))
            {
                return null;
            }

            var uid = entry is null ? null : before?.Uid ?? $"uid-{++uids}";
            rows[name] = new Row(registration, entry, epoch, uid);
            Tell();
            return uid;
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string @namespace, string name, long epoch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ThrowIfDown();
            if (rows.TryGetValue(name, out var row) && row.Epoch <= epoch)
            {
                rows.Remove(name);
                Tell();
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WrittenRegistration>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        if (IsUnlistable)
        {
            throw new IOException("injected: the sink cannot be listed");
        }

        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<WrittenRegistration>>(
                [.. rows.Values
                    .Where(row => row.Registration.Metadata.Namespace == @namespace)
                    .Select(row => new WrittenRegistration(row.Registration, row.Entry is not null, row.Epoch))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListNamespacesAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ThrowIfDown();
            return ValueTask.FromResult<IReadOnlyList<string>>([.. rows.Values.Select(row => row.Registration.Metadata.Namespace).Distinct(StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<WrittenRegistration?> FindAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(name) is { } row ? new WrittenRegistration(row.Registration, row.Entry is not null, row.Epoch) : null);

    private static string KeyOf(WorkloadAutoRegistration registration) =>
        WorkloadKey.Of(registration.Metadata.Namespace, registration.Group, registration.Identity);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Row? Find(string name)
    {
        lock (gate)
        {
            return rows.GetValueOrDefault(name);
        }
    }

    private void Tell()
    {
        Changes++;
        var before = changed;
        changed = NewSignal();
        before.SetResult();
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new IOException("injected: the sink is down");
        }
    }

    private sealed record Row(WorkloadAutoRegistration Registration, WorkloadEntry? Entry, long Epoch, string? Uid);
}
