using System.Collections.Immutable;
using System.Net;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Labels;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Weighs what a registration claims, and makes of it the command that its workload decides about.</summary>
internal sealed class RegistrationPreparation(
    IRegistrationSink sink,
    IPolicyCatalog catalog,
    IResourceSource resources,
    IOptionsSource options,
    AddressRules addresses,
    WorkloadCalls calls,
    WorkloadBundles bundles,
    SidecarTokens sidecarTokens,
    InstanceName instance)
{
    /// <summary>The command, or what is wrong with the registration.</summary>
    public async ValueTask<Outcome<Register>> PrepareAsync(
        SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken)
    {
        if (catalog.Find(session.Group.Namespace)?.FindGroup(session.Group.Name) is not { } group)
        {
            // Not listed yet, or gone: that takes effect after the withdrawal delay, and until then costs nobody its place.
            var check = new CheckSession { Session = SessionIds.Hash(session.SessionId), Epoch = session.Epoch, Policy = calls.Facts(session.Group) };
            var checkedSession = await calls.AskAsync(session, check, AuditActs.Register, cancellationToken);
            return checkedSession.Refusal ?? Unavailability.Because("its group is not known at the moment");
        }

        var labels = registration.Workload?.Labels ?? ImmutableDictionary<string, string>.Empty;
        if (AgentLabelRules.Check(labels, "registration.workload.labels", group) is { } problem)
        {
            return new Refusal(ProblemCodes.InvalidRequest, problem, Field: problem);
        }

        var gained = GainedServices(group, labels);
        if (!gained.IsEmpty && options.Current.Workloads.AgentLabels == AgentLabels.TemplateOnly)
        {
            var field = $"registration.workload.labels: make the workload an endpoint of Service {gained[0]}, which its group does not";
            return new Refusal(ProblemCodes.InvalidRequest, field, Field: field);
        }

        var connectedOver = registration.Settings?.ConnectedOver ?? AddressType.Vpc;
        var believed = addresses.Believe(registration.Host.Addresses, peer, session.VerifiedAddresses);
        if (believed.FirstOrDefault(address => address.Type == connectedOver) is not { } published)
        {
            return new Refusal(ProblemCodes.AddressNotVerified, $"no address of type {connectedOver} is verified");
        }

        // The name may be another identity's: it keeps it.
        if (await sink.FindAsync(session.Group.Namespace, session.WorkloadName, cancellationToken) is { } written
            && WorkloadKey.Of(session.Group.Namespace, written.Registration.Group, written.Registration.Identity) != session.WorkloadKey)
        {
            return new Refusal(ProblemCodes.IdentityInUse, "another identity is registered under this name");
        }

        var told = registration with { Host = new([.. believed.Select(address => new HostAddress(address.Ip, address.Type))]) };
        return new Register
        {
            Session = SessionIds.Hash(session.SessionId),
            Epoch = session.Epoch,
            Policy = calls.Facts(session.Group),
            Registration = told,
            Address = published.Ip,
            AddressKey = Address.KeyOf(group.Template.Network, published.Ip),
            AddressBasis = published.Basis,
            Observations = [Observe(gained), .. bundles.Foresee(group, session.WorkloadName, told), .. sidecarTokens.Foresee()],
            Terms = LeaseTerms.Of(options.Current),
            Duplicates = options.Current.Workloads.DuplicateIdentity,
            ConnectedTo = instance.Value,
        };
    }

    private static Observation Observe(ImmutableArray<string> gained) => gained.IsEmpty
        ? new(ConditionTypes.SelectedByAgentLabel, IsTrue: false, "TemplateOnly")
        : new(ConditionTypes.SelectedByAgentLabel, IsTrue: true, "AgentLabel", string.Join(", ", gained));

    private ImmutableArray<string> GainedServices(WorkloadGroup group, IReadOnlyDictionary<string, string> labels) => labels.Count == 0
        ? []
        : ServiceMembership.GainedBy(
            group.Metadata.Namespace,
            resources.Current?.Services ?? [],
            WorkloadLabels.Compose(group, labels),
            WorkloadLabels.Compose(group, []));
}
