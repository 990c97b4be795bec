using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;

namespace Onboarding.Core.Workloads;

/// <summary>Does what workloads leave to be done: writes and removes registrations, deletes sessions, asks for removals.</summary>
internal sealed class WorkloadEffects(
    IEntityHost<Workload> workloads,
    IEntityHost<Session> sessions,
    IEntityHost<Address> addresses,
    IRegistrationSink sink,
    IPolicyCatalog catalog,
    IOptionsSource options,
    RemovalBrake brake,
    IAuditTrail trail,
    TimeProvider time) : IEffectHandler<Workload>
{
    private readonly WorkloadComposer composer = new(options);
    private readonly WorkloadAudit audit = new(trail, time);

    /// <inheritdoc/>
    public async ValueTask HandleAsync(string key, Effect effect, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case WriteRegistration:
                await WriteAsync(key, cancellationToken);
                break;
            case RemoveRegistration removal:
                await RemoveAsync(key, removal, cancellationToken);
                break;
            case AskForRemoval asked:
                await AskForRemovalAsync(key, asked.Revision, cancellationToken);
                break;
            case DropSession ended:
                await sessions.AskAsync(ended.Session, new DeleteSession(), cancellationToken);
                break;
            case HoldAddress held:
                await HoldAsync(key, held.Address, cancellationToken);
                break;
            case DropAddress dropped:
                await DropAsync(key, dropped.Address, cancellationToken);
                break;
            default:
                throw new NotSupportedException($"effect {effect.GetType().Name} is not known here");
        }
    }

    private async ValueTask WriteAsync(string key, CancellationToken cancellationToken)
    {
        var (registered, _, suspended) = await workloads.AskAsync(key, new Describe(), cancellationToken);
        if (registered is null || registered.Written?.Revision >= registered.Revision)
        {
            return;
        }

        var (@namespace, name) = (WorkloadKey.NamespaceOf(key), registered.Session.Name);
        if (FindGroup(key) is not { } group)
        {
            // Its group has gone: what is written stays until the withdrawal delay or the lease ends.
            var kept = registered.Written;
            await workloads.AskAsync(key, new EntryWritten(registered.Revision, kept?.Uid, kept is null ? "its group has gone" : kept.Problem, kept?.Content), cancellationToken);
            return;
        }

        var entry = composer.Entry(group, registered, suspended);
        var uid = await sink.ApplyAsync(composer.Registration(group, registered, suspended), entry, registered.Session.Epoch, cancellationToken);
        var problem = entry is not null && uid is null ? await FindProblemAsync(key, @namespace, name, cancellationToken) : null;
        await workloads.AskAsync(key, new EntryWritten(registered.Revision, uid, problem, WorkloadComposer.ContentOf(entry)), cancellationToken);
    }

    // Nothing is read before a write, since the sink compares as it writes; why it did not is worth a look.
    private async ValueTask<string> FindProblemAsync(string key, string @namespace, string name, CancellationToken cancellationToken) =>
        await sink.FindAsync(@namespace, name, cancellationToken) is { } written && !IsOf(key, written)
            ? "another identity is registered under this name"
            : "an object of this name is not ours, or has a higher epoch";

    private async ValueTask RemoveAsync(string key, RemoveRegistration removal, CancellationToken cancellationToken)
    {
        var @namespace = WorkloadKey.NamespaceOf(key);
        var isBack = (await FindRegisteredAsync(key, cancellationToken))?.Session.Name == removal.Name;
        var written = isBack ? null : await sink.FindAsync(@namespace, removal.Name, cancellationToken);
        if (written is null || written.Epoch > removal.Epoch || !IsOf(key, written))
        {
            return;
        }

        await sink.RemoveAsync(@namespace, removal.Name, removal.Epoch, cancellationToken);
        audit.Registration(AuditActs.Remove, key, removal.Name, removal.Epoch, removal.Reason);
        if (removal.IsBraked)
        {
            await brake.NoteRemovedAsync(key, cancellationToken);
        }
    }

    private async ValueTask AskForRemovalAsync(string key, long revision, CancellationToken cancellationToken)
    {
        // Who has come back must not count as removed.
        if ((await FindRegisteredAsync(key, cancellationToken))?.AsksForRemoval(revision) != true)
        {
            return;
        }

        ICommand<Workload, EndReply> answer = await brake.MayRemoveAsync(key, cancellationToken)
            ? new RemoveExpired(revision)
            : new HoldRemoval(revision, brake.Pace);
        await workloads.AskAsync(key, answer, cancellationToken);
    }

    private async ValueTask HoldAsync(string key, string address, CancellationToken cancellationToken)
    {
        if (await FindRegisteredAsync(key, cancellationToken) is not { } registered || registered.AddressKey != address)
        {
            return;
        }

        var claim = await addresses.AskAsync(address, new ClaimAddress(key, registered.AddressBasis), cancellationToken);
        if (!claim.IsGranted && claim.ClaimedAt >= registered.PhaseSince)
        {
            // Somebody was faster than an adoption. A claim from before it may be as old as a restored backup, and moves nobody.
            await workloads.AskAsync(key, new GiveWay(address, MustGive: false), cancellationToken);
        }
    }

    private async ValueTask DropAsync(string key, string address, CancellationToken cancellationToken)
    {
        if ((await FindRegisteredAsync(key, cancellationToken))?.AddressKey != address)
        {
            await addresses.AskAsync(address, new ReleaseAddress(key), cancellationToken);
        }
    }

    private async ValueTask<Registered?> FindRegisteredAsync(string key, CancellationToken cancellationToken) =>
        (await workloads.AskAsync(key, new Describe(), cancellationToken)).Registered;

    private WorkloadGroup? FindGroup(string key)
    {
        var snapshot = catalog.Find(WorkloadKey.NamespaceOf(key));
        var group = snapshot?.FindGroup(WorkloadKey.GroupOf(key));
        return group is not null || snapshot is null || snapshot.Version is not null
            ? group
            : throw new UnavailableException("the resources have not been listed yet");
    }

    /// <summary>The name may be another identity's: what is another's is never changed on somebody's behalf.</summary>
    private static bool IsOf(string key, WrittenRegistration written) =>
        WorkloadKey.Of(written.Registration.Metadata.Namespace, written.Registration.Group, written.Registration.Identity) == key;
}
