using Onboarding.Protocol;

namespace Onboarding.Agent.Sidecar;

/// <summary>Takes out of a delivered bundle what may not reach this machine, whoever sent it.</summary>
internal interface IBundleFilter
{
    BootBundle Filter(BootBundle bundle);
}
