using System.Collections.Immutable;
using System.Net;
using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Labels;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Workloads;

/// <summary>Spans workloads, what is written of them, the policies and the bundles.</summary>
internal sealed class WorkloadRegistry : IWorkloadRegistry
{
    private static readonly TimeSpan UntilGatewayIsKnown = TimeSpan.FromSeconds(10);

    private readonly IEntityHost<Workload> workloads;
    private readonly IRegistrationSink sink;
    private readonly IPolicyCatalog catalog;
    private readonly IResourceSource resources;
    private readonly IOptionsSource options;
    private readonly InstanceName instance;
    private readonly AddressRules addresses;
    private readonly WorkloadAudit audit;
    private readonly WorkloadCalls calls;
    private readonly WorkloadComposer composer;
    private readonly WorkloadBundles bundles;
    private readonly SidecarTokens sidecarTokens;
    private readonly WorkloadDirectory directory;

    public WorkloadRegistry(
        IEntityHost<Workload> workloads,
        IEntityHost<Session> sessions,
        IRegistrationSink sink,
        ISidecarTokenSource tokenSource,
        IPolicyCatalog catalog,
        IResourceSource resources,
        IOptionsSource options,
        IEndpointAddresses own,
        InstanceName instance,
        IAuditTrail trail,
        TimeProvider time)
    {
        this.workloads = workloads;
        this.sink = sink;
        this.catalog = catalog;
        this.resources = resources;
        this.options = options;
        this.instance = instance;
        addresses = new AddressRules(options, own);
        audit = new WorkloadAudit(trail, time);
        calls = new WorkloadCalls(workloads, catalog, options, audit);
        composer = new WorkloadComposer(options);
        bundles = new WorkloadBundles(resources, options);
        sidecarTokens = new SidecarTokens(sessions, tokenSource);
        directory = new WorkloadDirectory(workloads, sink, catalog, bundles);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<RegistrationResponse>> RegisterAsync(
        SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken)
    {
        var composed = await PrepareAsync(session, registration, peer, cancellationToken);
        if (composed is not { IsGranted: true, Value: { } command })
        {
            audit.Refused(AuditActs.Register, session, composed.Refusal!);
            return composed.Refusal!;
        }

        var outcome = await calls.AskAsync(session, command, AuditActs.Register, cancellationToken);
        if (outcome is not { IsGranted: true, Value: { Registered: { } registered } reply })
        {
            return outcome.Refusal!;
        }

        audit.Allowed(AuditActs.Register, session, registered.Address, command.Policy.Version);
        if (reply.TakenFrom is { } before)
        {
            audit.Done(AuditActs.TakeOver, session, "another machine's lease was live", address: before);
        }

        var stamp = await RefreshAsync(session, registered, reply.Presence, cancellationToken);
        return new RegistrationResponse(registered.Session.Name, stamp?.Revision);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<HeartbeatResponse>> HeartbeatAsync(SessionContext session, HeartbeatRequest heartbeat, CancellationToken cancellationToken)
    {
        var command = new KeepLease
        {
            Session = SessionIds.Hash(session.SessionId),
            Epoch = session.Epoch,
            Policy = calls.Facts(session.Group),
            Sidecar = heartbeat.Sidecar,
            Terms = Terms,
        };
        var outcome = await calls.AskAsync(session, command, AuditActs.Heartbeat, cancellationToken);
        if (outcome is not { IsGranted: true, Value: { Registered: { } registered } reply })
        {
            return outcome.Refusal!;
        }

        var stamp = await RefreshAsync(session, registered, reply.Presence, cancellationToken);
        return new HeartbeatResponse(Turn(heartbeat.Sidecar, stamp), options.Current.Workloads.HeartbeatInterval, stamp?.Revision);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<BootBundle>> GetBootstrapAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var outcome = await CheckAsync(session, AuditActs.Bootstrap, cancellationToken);
        if (outcome is not { IsGranted: true, Value: { Registered: { } registered } reply })
        {
            return outcome.Refusal!;
        }

        if (registered.Written is { Uid: null, Problem: { } problem })
        {
            return new Refusal(ProblemCodes.IdentityInUse, problem);
        }

        if (catalog.Find(session.Group.Namespace)?.FindGroup(session.Group.Name) is not { } group || bundles.Make(group, registered) is not { } made)
        {
            return Unavailability.Because("the entry has not been accepted yet");
        }

        await NoteAsync(session, group, registered, reply.Presence, made, cancellationToken);
        return made.Result.IsReady
            ? made.Result.Bundle
            : new Refusal(ProblemCodes.Unavailable, "no gateway is known for the group's network", RetryAfter: UntilGatewayIsKnown);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<SidecarTokenGrant>> GetSidecarTokenAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var outcome = await CheckAsync(session, AuditActs.SidecarToken, cancellationToken);
        if (outcome.Refusal is { } refused)
        {
            return refused;
        }

        if (catalog.Find(session.Group.Namespace)?.FindGroup(session.Group.Name) is not { } group)
        {
            return Unavailability.Because("the resources have not been listed yet");
        }

        try
        {
            var account = group.Template.ServiceAccount.Length > 0 ? group.Template.ServiceAccount : "default";
            var given = await sidecarTokens.TakeAsync(SessionIds.Hash(session.SessionId), session.Group.Namespace, account, cancellationToken);
            if (given.Observation is { } observation)
            {
                await workloads.AskTwiceAsync(session.WorkloadKey, new Observe([observation]), cancellationToken);
            }

            if (given.Grant.Refusal is { } failure)
            {
                audit.Refused(AuditActs.SidecarToken, session, failure);
            }
            else
            {
                audit.Allowed(AuditActs.SidecarToken, session);
            }

            return given.Grant;
        }
        catch (UnavailableException e)
        {
            return Unavailability.Because(e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<LeaveResponse>> LeaveAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var delay = options.Current.Workloads.PropagationDelay;
        var command = new Leave
        {
            Session = SessionIds.Hash(session.SessionId),
            Epoch = session.Epoch,
            Policy = calls.Facts(session.Group),
            PropagationDelay = delay,
        };
        var outcome = await calls.AskAsync(session, command, AuditActs.Leave, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        audit.Allowed(AuditActs.Leave, session);
        return new LeaveResponse(delay);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken) =>
        directory.ListAsync(@namespace, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        directory.DescribeAsync(@namespace, name, cancellationToken);

    private LeaseTerms Terms => new(options.Current.Workloads.HeartbeatInterval, options.Current.Workloads.GracePeriod);

    private static RestartTurn Turn(SidecarStatus sidecar, BundleStamp? stamp) =>
        stamp?.Revision is { } wanted
        && sidecar.State is SidecarState.Starting or SidecarState.Ready
        && BundleRevision.NeedsRestart(sidecar.ConfigRevision, wanted)
            ? RestartTurn.Now
            : RestartTurn.None;

    private async ValueTask<Outcome<Register>> PrepareAsync(SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken)
    {
        var group = catalog.Find(session.Group.Namespace)?.FindGroup(session.Group.Name);
        if (group is null)
        {
            return new Refusal(ProblemCodes.NotAuthorized, "there is no such group");
        }

        var labels = registration.Workload?.Labels ?? ImmutableDictionary<string, string>.Empty;
        if (AgentLabelRules.Check(labels, group) is { } problem)
        {
            return new Refusal(ProblemCodes.InvalidRequest, problem, Field: problem);
        }

        var gained = GainedServices(group, labels);
        if (!gained.IsEmpty && options.Current.Workloads.AgentLabels == AgentLabels.TemplateOnly)
        {
            var field = $"registration.workload.labels: make the workload an endpoint of Service {gained[0]}, which its group does not";
            return new Refusal(ProblemCodes.InvalidRequest, field, Field: field);
        }

        // The name may be another identity's: it keeps it.
        if (await sink.FindAsync(session.Group.Namespace, session.WorkloadName, cancellationToken) is { } written
            && WorkloadKey.Of(session.Group.Namespace, written.Registration.Group, written.Registration.Identity) != session.WorkloadKey)
        {
            return new Refusal(ProblemCodes.IdentityInUse, "another identity is registered under this name");
        }

        return new Register
        {
            Session = SessionIds.Hash(session.SessionId),
            Epoch = session.Epoch,
            Policy = calls.Facts(session.Group),
            Registration = registration,
            Addresses = addresses.Weigh(registration.Host.Addresses, peer),
            Observations = [new(ConditionTypes.SelectedByAgentLabel, !gained.IsEmpty, gained.IsEmpty ? "No" : "Yes", gained.IsEmpty ? null : string.Join(", ", gained))],
            Terms = Terms,
            Duplicates = options.Current.Workloads.DuplicateIdentity,
            ConnectedTo = instance.Value,
        };
    }

    private ImmutableArray<string> GainedServices(WorkloadGroup group, IReadOnlyDictionary<string, string> labels) => labels.Count == 0
        ? []
        : ServiceMembership.GainedBy(
            group.Metadata.Namespace,
            resources.Current?.Services ?? [],
            WorkloadLabels.Compose(group, labels),
            WorkloadLabels.Compose(group, []));

    private ValueTask<Outcome<CallReply>> CheckAsync(SessionContext session, string act, CancellationToken cancellationToken)
    {
        var check = new CheckRegistration { Session = SessionIds.Hash(session.SessionId), Epoch = session.Epoch, Policy = calls.Facts(session.Group) };
        return calls.AskAsync(session, check, act, cancellationToken);
    }

    /// <summary>The revision of the workload's bundle: as remembered, or made anew when anything it is made from has moved.</summary>
    private async ValueTask<BundleStamp?> RefreshAsync(SessionContext session, Registered registered, Presence? presence, CancellationToken cancellationToken)
    {
        var known = presence?.Bundle;
        if (registered.Written?.Uid is not { } uid
            || (known is not null && known.Registration == registered.Revision && known.EntryUid == uid && known.Inputs == bundles.Version))
        {
            return registered.Written?.Uid is null ? null : known;
        }

        if (catalog.Find(session.Group.Namespace)?.FindGroup(session.Group.Name) is not { } group || bundles.Make(group, registered) is not { } made)
        {
            return known;
        }

        await NoteAsync(session, group, registered, presence, made, cancellationToken);
        return made.Stamp;
    }

    private async ValueTask NoteAsync(
        SessionContext session, WorkloadGroup group, Registered registered, Presence? presence, WorkloadBundle made, CancellationToken cancellationToken)
    {
        if (presence?.Bundle == made.Stamp)
        {
            return;
        }

        // Suspended workloads have no open session, hence no calls.
        var content = WorkloadComposer.ContentOf(composer.Entry(group, registered, suspended: null));
        try
        {
            await workloads.AskAsync(session.WorkloadKey, new NoteBundle(made.Stamp, content, made.Observations), cancellationToken);
        }
        catch (UnavailableException)
        {
            // The next heartbeat tells it again.
        }
    }
}
