using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Workloads;

/// <summary>Finds the registered workloads: what is written names them, and each is asked.</summary>
internal sealed class RegisteredWorkloads(IEntityHost<Workload> workloads, IRegistrationSink sink)
{
    private const int AskedAtOnce = 64;

    /// <summary>Those of a namespace.</summary>
    public async ValueTask<IReadOnlyList<RegisteredWorkload>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        var found = new List<RegisteredWorkload>();
        foreach (var chunk in (await sink.ListWorkloadsAsync(@namespace, cancellationToken)).Chunk(AskedAtOnce))
        {
            var asked = await Task.WhenAll(chunk.Select(written => FindAsync(written.Key, cancellationToken)));
            found.AddRange(asked.OfType<RegisteredWorkload>());
        }

        return found;
    }

    /// <summary>The workload of what is written; null: it is not registered.</summary>
    public Task<RegisteredWorkload?> FindAsync(WorkloadAutoRegistration written, CancellationToken cancellationToken) =>
        FindAsync(WorkloadKey.Of(written.Metadata.Namespace, written.Group, written.Identity), cancellationToken);

    private async Task<RegisteredWorkload?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var description = await workloads.AskTwiceAsync(key, new Describe(), cancellationToken);
        return description.Registered is { } registered ? new RegisteredWorkload(key, registered, description) : null;
    }
}

/// <summary>A registered workload.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Registered">Its registration.</param>
/// <param name="Description">What it says of itself.</param>
internal sealed record RegisteredWorkload(string Key, Registered Registered, Description Description)
{
    /// <summary>Its namespace.</summary>
    public string Namespace => WorkloadKey.NamespaceOf(Key);

    /// <summary>Its group.</summary>
    public string Group => WorkloadKey.GroupOf(Key);

    /// <summary>Whether its sidecar runs with an older bundle than it should.</summary>
    public bool IsOutdated => Description.Presence is { Bundle.Revision: { } wanted, ConfigRevision: { } running } && BundleRevision.NeedsRestart(running, wanted);

    /// <summary>In one line.</summary>
    public WorkloadSummary Summarize() => new(
        Namespace,
        Registered.Session.Name,
        Group,
        Registered.Phase == LeasePhase.Live,
        Registered.Address,
        Registered.Registration.Agent.Version,
        Registered.Since,
        Description.Presence?.LastContact)
    {
        Suspended = Description.Suspended,
        IsRemovalHeld = Registered.IsHeld || Registered.Session.Held is not null,
    };
}
