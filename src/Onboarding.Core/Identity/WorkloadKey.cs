namespace Onboarding.Core.Identity;

/// <summary>Keys of workloads: namespace, group and a hash over the identity's proven, lasting parts.</summary>
public static class WorkloadKey
{
}
