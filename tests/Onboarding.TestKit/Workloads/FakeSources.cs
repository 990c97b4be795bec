using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.TestKit.Workloads;

/// <summary>A configuration that a test changes.</summary>
public sealed class FakeOptionsSource(OnboardingOptions initial, string uid) : IOptionsSource
{
    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public OnboardingOptions Current { get; private set; } = initial;

    /// <inheritdoc/>
    public string Uid => uid;

    /// <summary>Changes what stands below <c>workloads</c>.</summary>
    public void Change(Func<WorkloadsOptions, WorkloadsOptions> change)
    {
        Current = Current with { Workloads = change(Current.Workloads) };
        Changed?.Invoke();
    }
}

/// <summary>Resources that a test changes.</summary>
public sealed class FakeResourceSource(ResourceSnapshot? initial) : IResourceSource
{
    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public ResourceSnapshot? Current { get; private set; } = initial;

    /// <inheritdoc/>
    public bool IsCurrent { get; private set; } = true;

    /// <summary>Another complete list, made from the last one.</summary>
    public void Change(Func<ResourceSnapshot, ResourceSnapshot> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Set(change(Current!));
    }

    /// <summary>A complete list.</summary>
    public void Set(ResourceSnapshot list)
    {
        (Current, IsCurrent) = (list, true);
        Changed?.Invoke();
    }

    /// <summary>Nothing was ever listed, as in a process that has just started.</summary>
    public void Lose()
    {
        (Current, IsCurrent) = (null, false);
        Changed?.Invoke();
    }

    /// <summary>Lists fail from now on.</summary>
    public void Fail()
    {
        IsCurrent = false;
        Changed?.Invoke();
    }
}

/// <summary>Keeps what was audited.</summary>
public sealed class RecordingAuditTrail : IAuditTrail
{
    private readonly List<AuditRecord> records = [];

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<AuditRecord> Records
    {
        get
        {
            lock (records)
            {
                return [.. records];
            }
        }
    }

    /// <summary>The records of one act.</summary>
    public IReadOnlyList<AuditRecord> Of(string act) => [.. Records.Where(record => record.Act == act)];

    /// <inheritdoc/>
    public void Write(AuditRecord record)
    {
        lock (records)
        {
            records.Add(record);
        }
    }
}
