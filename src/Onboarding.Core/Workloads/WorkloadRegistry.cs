using System.Net;
using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Spans workloads, what is written of them, the policies and the bundles.</summary>
internal sealed class WorkloadRegistry : IWorkloadRegistry
{
    private static readonly TimeSpan UntilGatewayIsKnown = TimeSpan.FromSeconds(10);

    private readonly IEntityHost<Workload> workloads;
    private readonly IPolicyCatalog catalog;
    private readonly IOptionsSource options;
    private readonly RegistrationPreparation preparation;
    private readonly AddressClaims claims;
    private readonly WorkloadAudit audit;
    private readonly WorkloadCalls calls;
    private readonly RegistrationCheck check;
    private readonly RolloutTurns turns;
    private readonly WorkloadBundles bundles;
    private readonly BundleRevisions revisions;
    private readonly SidecarTokens sidecarTokens;
    private readonly WorkloadDirectory directory;

    public WorkloadRegistry(
        IEntityHost<Workload> workloads,
        IEntityHost<Session> sessions,
        IEntityHost<Address> addresses,
        IRegistrationSink sink,
        ISidecarTokenSource tokenSource,
        IPolicyCatalog catalog,
        IResourceSource resources,
        IOptionsSource options,
        IEndpointAddresses own,
        InstanceName instance,
        RemovalBrake brake,
        RolloutTurns turns,
        IAuditTrail trail,
        TimeProvider time)
    {
        this.workloads = workloads;
        this.catalog = catalog;
        this.options = options;
        claims = new AddressClaims(addresses, workloads, time);
        audit = new WorkloadAudit(trail, time);
        this.turns = turns;
        calls = new WorkloadCalls(workloads, catalog, options, brake, audit);
        check = new RegistrationCheck(calls, time);
        bundles = new WorkloadBundles(resources, options);
        revisions = new BundleRevisions(workloads, catalog, bundles, new WorkloadComposer(options));
        sidecarTokens = new SidecarTokens(sessions, tokenSource);
        preparation = new RegistrationPreparation(
            sink, catalog, resources, options, new AddressRules(options, own), calls, bundles, sidecarTokens, instance);
        directory = new WorkloadDirectory(new RegisteredWorkloads(workloads, sink), sink, catalog, bundles);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<RegistrationResponse>> RegisterAsync(
        SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken)
    {
        var prepared = await preparation.PrepareAsync(session, registration, peer, cancellationToken);
        if (prepared is not { IsGranted: true, Value: { } command })
        {
            audit.Refused(AuditActs.Register, session, prepared.Refusal!);
            return prepared.Refusal!;
        }

        var outcome = await ClaimAndRegisterAsync(session, command, cancellationToken);
        if (outcome is not { IsGranted: true, Value: { Registered: { } registered } reply })
        {
            return outcome.Refusal!;
        }

        audit.Allowed(AuditActs.Register, session, registered.Address, command.Policy.Version);
        if (reply.TakenFrom is { } before)
        {
            audit.Done(AuditActs.TakeOver, session, "another machine's lease was live", address: before);
        }

        var stamp = await revisions.FindAsync(session, registered, reply.Presence, cancellationToken);
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
            Terms = LeaseTerms.Of(options.Current),
        };
        var outcome = await calls.AskAsync(session, command, AuditActs.Heartbeat, cancellationToken);
        if (outcome is not { IsGranted: true, Value: { Registered: { } registered } reply })
        {
            return outcome.Refusal!;
        }

        var stamp = await revisions.FindAsync(session, registered, reply.Presence, cancellationToken);
        var turn = await turns.DecideAsync(session.WorkloadKey, heartbeat.Sidecar, stamp?.Revision, reply.HasRestarted, cancellationToken);
        return new HeartbeatResponse(turn, options.Current.Workloads.HeartbeatInterval, stamp?.Revision);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<BootBundle>> GetBootstrapAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var outcome = await check.AskWithEntryAsync(session, AuditActs.Bootstrap, cancellationToken);
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

        await revisions.NoteAsync(session, group, registered, reply.Presence, made, cancellationToken);
        return made.Result.IsReady
            ? made.Result.Bundle
            : new Refusal(ProblemCodes.Unavailable, "no gateway is known for the group's network", RetryAfter: UntilGatewayIsKnown);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<SidecarTokenGrant>> GetSidecarTokenAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var outcome = await check.AskAsync(session, AuditActs.SidecarToken, cancellationToken);
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
            var account = WorkloadComposer.ServiceAccountOf(group);
            var given = await sidecarTokens.TakeAsync(SessionIds.Hash(session.SessionId), session.Group.Namespace, account, cancellationToken);
            if (given.Observation is { } observation)
            {
                await workloads.AskTwiceAsync(session.WorkloadKey, new Observe([observation]), cancellationToken);
            }

            if (given.Grant.Refusal is { } failure)
            {
                audit.Refused(AuditActs.SidecarToken, session, failure);
            }
            else if (given.Grant.Value is { Token: not null })
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

    private async ValueTask<Outcome<CallReply>> ClaimAndRegisterAsync(SessionContext session, Register command, CancellationToken cancellationToken)
    {
        try
        {
            var (refusal, isNew) = await claims.ClaimAsync(command.AddressKey, session.WorkloadKey, command.AddressBasis, cancellationToken);
            if (refusal is not null)
            {
                audit.Refused(AuditActs.Register, session, refusal, command.Address);
                return refusal;
            }

            var outcome = await calls.AskAsync(session, command, AuditActs.Register, cancellationToken);
            if (isNew && outcome.Refusal is { Code: not ProblemCodes.Unavailable })
            {
                await claims.ReleaseAsync(command.AddressKey, session.WorkloadKey, cancellationToken);
            }

            return outcome;
        }
        catch (UnavailableException e)
        {
            return Unavailability.Because(e.Message);
        }
    }
}
