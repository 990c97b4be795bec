using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Commands;

namespace Onboarding.Core.Workloads;

/// <summary>Knows the revisions of workloads' bundles: as they are remembered, or made anew when anything they are made from has moved.</summary>
internal sealed class BundleRevisions(IEntityHost<Workload> workloads, IPolicyCatalog catalog, WorkloadBundles bundles, WorkloadComposer composer)
{
    /// <summary>The revision of a registered workload's bundle; null: its entry has not been accepted.</summary>
    public async ValueTask<BundleStamp?> FindAsync(SessionContext session, Registered registered, Presence? presence, CancellationToken cancellationToken)
    {
        if (registered.Written?.Uid is not { } uid)
        {
            await WriteAgainAsync(session, registered, cancellationToken);
            return null;
        }

        var known = presence?.Bundle;
        if (known is not null && known.Registration == registered.Revision && known.EntryUid == uid && known.Inputs == bundles.Version)
        {
            return known;
        }

        if (catalog.Find(session.Group.Namespace)?.FindGroup(session.Group.Name) is not { } group || bundles.Make(group, registered) is not { } made)
        {
            return known;
        }

        await NoteAsync(session, group, registered, presence, made, cancellationToken);
        return made.Stamp;
    }

    /// <summary>Tells a workload its bundle's revision, and what its entry should say by now.</summary>
    public async ValueTask NoteAsync(
        SessionContext session, WorkloadGroup group, Registered registered, Presence? presence, WorkloadBundle made, CancellationToken cancellationToken)
    {
        if (presence?.Bundle == made.Stamp)
        {
            return;
        }

        // A suspended workload has no open session, hence makes no calls.
        var content = WorkloadComposer.ContentOf(composer.Entry(group, registered, suspended: null));
        await TellAsync(session, new NoteBundle(made.Stamp, content, made.Observations), cancellationToken);
    }

    /// <summary>What kept the entry from being written may be over.</summary>
    private async ValueTask WriteAgainAsync(SessionContext session, Registered registered, CancellationToken cancellationToken)
    {
        if (registered.Written?.Problem is not null)
        {
            await TellAsync(session, new WriteAgain(registered.Revision), cancellationToken);
        }
    }

    private async ValueTask TellAsync(SessionContext session, ICommand<Workload, EndReply> news, CancellationToken cancellationToken)
    {
        try
        {
            await workloads.AskAsync(session.WorkloadKey, news, cancellationToken);
        }
        catch (UnavailableException)
        {
            // The next heartbeat tells it again.
        }
    }
}
