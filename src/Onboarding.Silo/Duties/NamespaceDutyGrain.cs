using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Onboarding.Silo.Duties;

/// <summary>
/// A namespace's duty, once in the cluster: it walks the namespace's registrations when it begins, and again whenever a silo has gone, since the leases
/// of that silo's workloads run nowhere until somebody asks.
/// </summary>
/// <remarks>The walk runs beside the grain's turns: it reads files, and a keeper need not wait for it.</remarks>
[GrainType(DutyServices.Kind)]
[SuppressMessage("Design", "CA1001", Justification = "What it owns ends with its deactivation.")]
internal sealed class NamespaceDutyGrain(DutyServices services, IClusterMembershipService membership) : Grain, INamespaceDutyGrain
{
    // Agents wake most workloads by themselves; and silos that go one after the other, as in a rolling restart, are one walk.
    private static readonly TimeSpan AgentsFirst = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(() => RunAsync(this.GetPrimaryKeyString(), stopping.Token), CancellationToken.None);
        services.Activations.Begin();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        services.Activations.End();
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        stopping.Dispose();
    }

    /// <inheritdoc/>
    public Task KeepAsync() => Task.CompletedTask;

    private async Task RunAsync(string @namespace, CancellationToken cancellationToken)
    {
        while (true)
        {
            var gone = GoneIn(membership.CurrentSnapshot);
            await services.Duty.WalkUntilDoneAsync(@namespace, cancellationToken);
            await UntilAnotherHasGoneAsync(gone, cancellationToken);
            await Task.Delay(AgentsFirst, services.Time, cancellationToken);
        }
    }

    private async Task UntilAnotherHasGoneAsync(ImmutableHashSet<SiloAddress> gone, CancellationToken cancellationToken)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            if (!GoneIn(snapshot).IsSubsetOf(gone))
            {
                return;
            }
        }
    }

    private static ImmutableHashSet<SiloAddress> GoneIn(ClusterMembershipSnapshot snapshot) =>
        [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Dead).Select(member => member.SiloAddress)];
}
