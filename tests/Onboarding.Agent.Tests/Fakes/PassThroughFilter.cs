using Onboarding.Agent.Sidecar;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Lets every bundle through.</summary>
internal sealed class PassThroughFilter : IBundleFilter
{
    public BootBundle Filter(BootBundle bundle) => bundle;
}
