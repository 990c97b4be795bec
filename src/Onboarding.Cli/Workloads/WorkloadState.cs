using Onboarding.Core.Workloads;

namespace Onboarding.Cli.Workloads;

/// <summary>How a workload is, in a word.</summary>
internal static class WorkloadState
{
    public static string Of(WorkloadSummary workload) =>
        workload.Suspended is not null ? "suspended"
        : workload.IsRemovalHeld ? "removal held"
        : workload.Connected ? "connected" : "disconnected";
}
