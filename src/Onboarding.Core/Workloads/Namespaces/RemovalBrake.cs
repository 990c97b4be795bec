using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>Asks the brake: whether a workload may be removed whose lease has run out, or whose permission is gone.</summary>
internal sealed partial class RemovalBrake(
    IEntityHost<PolicyNamespace> namespaces,
    GroupCensus census,
    IPolicyCatalog catalog,
    IOptionsSource options,
    HeldRemovals held,
    TimeProvider time,
    ILogger<RemovalBrake> logger)
{
    private static readonly TimeSpan ShortestPace = TimeSpan.FromSeconds(30);

    /// <summary>After which time a workload that is held asks again. Not before its heartbeats, which ask for one whose permission is gone.</summary>
    public TimeSpan Pace => options.Current.Workloads.HeartbeatInterval is var interval && interval > ShortestPace ? interval : ShortestPace;

    /// <summary>Whether a workload may be removed. Where its group cannot be counted it is held: unknown is not empty.</summary>
    /// <param name="workload">The workload's key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnavailableException">The namespace could not be asked.</exception>
    public async ValueTask<bool> MayRemoveAsync(string workload, CancellationToken cancellationToken)
    {
        var (@namespace, group) = (WorkloadKey.NamespaceOf(workload), WorkloadKey.GroupOf(workload));
        if (await TryCountAsync(@namespace, group, cancellationToken) is not { } count)
        {
            Hold(workload);
            return false;
        }

        var brake = options.Current.Workloads.Brake;
        var reply = await namespaces.AskTwiceAsync(@namespace, new AskRemoval
        {
            Group = group,
            Workload = WorkloadKey.DigestOf(workload),
            Members = count.Members,
            CountedAt = count.At,
            MaxPercent = brake.MaxPercent,
            Window = brake.Window,
            Pace = Pace,
            IsConfirmed = IsConfirmed(@namespace, group),
        }, cancellationToken);
        Tell(@namespace, group, reply);
        if (reply.IsGranted)
        {
            held.LetGo(workload);
        }
        else
        {
            Hold(workload);
        }

        return reply.IsGranted;
    }

    /// <summary>Tells that what was written of a workload has gone, whose removal was granted.</summary>
    /// <exception cref="UnavailableException">The namespace could not be asked.</exception>
    public async ValueTask NoteRemovedAsync(string workload, CancellationToken cancellationToken)
    {
        var command = new NoteRemoved(WorkloadKey.DigestOf(workload)) { Group = WorkloadKey.GroupOf(workload) };
        await namespaces.AskTwiceAsync(WorkloadKey.NamespaceOf(workload), command, cancellationToken);
    }

    /// <summary>Whether somebody has confirmed that a group's members may go.</summary>
    public bool IsConfirmed(string @namespace, string group) =>
        catalog.Find(@namespace)?.FindGroup(group)?.Metadata.Annotations.ContainsKey(WellKnownMetadata.ConfirmRemovalAnnotation) == true;

    private async ValueTask<GroupCount?> TryCountAsync(string @namespace, string group, CancellationToken cancellationToken)
    {
        try
        {
            return await census.CountAsync(@namespace, group, isOldGoodEnough: false, cancellationToken);
        }
        catch (UnavailableException failure)
        {
            LogNotCounted(logger, @namespace, failure);
            return null;
        }
    }

    private void Hold(string workload) => held.Hold(workload, time.GetUtcNow() + (2 * Pace));

    private void Tell(string @namespace, string group, RemovalReply reply)
    {
        if (!reply.IsNews)
        {
            return;
        }

        if (reply.IsGranted)
        {
            LogLetGo(logger, @namespace, group);
        }
        else
        {
            LogHeld(logger, @namespace, group, reply.Removed, reply.Members, WellKnownMetadata.ConfirmRemovalAnnotation);
        }
    }

    [LoggerMessage(EventId = 1311, Level = LogLevel.Error, Message =
        "Removals of group {Namespace}/{Group} are held: {Removed} of {Members} were removed lately, and more would be. "
        + "They go on when agents return, or when the group is annotated {Annotation}")]
    private static partial void LogHeld(ILogger logger, string @namespace, string group, int removed, int members, string annotation);

    [LoggerMessage(EventId = 1312, Level = LogLevel.Information, Message = "Removals of group {Namespace}/{Group} go on")]
    private static partial void LogLetGo(ILogger logger, string @namespace, string group);

    [LoggerMessage(EventId = 1313, Level = LogLevel.Warning, Message = "The registrations of namespace {Namespace} could not be counted; removals are held meanwhile")]
    private static partial void LogNotCounted(ILogger logger, string @namespace, Exception failure);
}
