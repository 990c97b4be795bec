namespace Onboarding.Core.Bootstrap;

/// <summary>Makes the boot bundle of a workload: istioctl's rendering, what onboarding adds to it, and only what may be delivered.</summary>
public static class BootBundleBuilder
{
    /// <summary>Makes a bundle. Equal requests give equal bundles, revision included.</summary>
    public static BootBundleResult Build(BootBundleRequest request) => throw new NotSupportedException();
}
