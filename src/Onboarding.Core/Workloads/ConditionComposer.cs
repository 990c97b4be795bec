using System.Collections.Immutable;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads;

/// <summary>The conditions of a registration: what its state says, and what was observed.</summary>
internal static class ConditionComposer
{
    public static ImmutableArray<Condition> Compose(Registered registered, string? suspended) =>
    [
        AgentConnected(registered),
        WorkloadEntryReady(registered, suspended),
        .. Contested(registered),
        .. registered.Marks.Select(mark => new Condition(mark.Type, Text(mark.IsTrue), mark.Reason, mark.Message ?? "", mark.Since)),
    ];

    private static Condition AgentConnected(Registered registered) => registered.Phase switch
    {
        LeasePhase.Live => new(ConditionTypes.AgentConnected, Text(true), "ConnectionEstablished", "", registered.PhaseSince),
        LeasePhase.Leaving => new(ConditionTypes.AgentConnected, Text(false), "AgentShutdown", "the agent has left", registered.PhaseSince),
        _ => new(ConditionTypes.AgentConnected, Text(false), "ConnectionLost", "the agent was not heard of for three heartbeat intervals", registered.PhaseSince),
    };

    // It is written together with the entry, so what is on its way is said to be there.
    private static Condition WorkloadEntryReady(Registered registered, string? suspended)
    {
        var since = registered.Written?.Since ?? registered.Since;
        return suspended is not null ? new(ConditionTypes.WorkloadEntryReady, Text(false), "Suspended", suspended, since)
            : registered.Phase == LeasePhase.Leaving ? new(ConditionTypes.WorkloadEntryReady, Text(false), "AgentShutdown", "the agent has left", registered.PhaseSince)
            : registered.Written?.Problem is { } problem ? new(ConditionTypes.WorkloadEntryReady, Text(false), "NotWritten", problem, since)
            : new(ConditionTypes.WorkloadEntryReady, Text(true), "Written", "", since);
    }

    private static IEnumerable<Condition> Contested(Registered registered) => registered.ContestedAt is { } at
        ? [new(ConditionTypes.IdentityContested, Text(true), "SeveralMachines", "several machines showed this identity within 10 minutes", at)]
        : [];

    private static string Text(bool isTrue) => isTrue ? "True" : "False";
}
