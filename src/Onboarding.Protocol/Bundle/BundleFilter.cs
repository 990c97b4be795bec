namespace Onboarding.Protocol.Bundle;

/// <summary>
/// Takes out of a boot bundle what must not reach a machine. A bundle comes from people who may edit a WorkloadGroup, and becomes
/// a file that a shell reads, possibly as root. The control plane filters what it hands out; the agent filters what it gets,
/// since it may talk to an endpoint it should not have trusted.
/// </summary>
public static class BundleFilter
{
    /// <summary>Filters a whole bundle.</summary>
    public static FilteredBundle Apply(BootBundle bundle, BundleFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(context);
        var dropped = new List<DroppedPart>();
        var environment = EnvironmentRules.Apply(bundle.Environment, context.AllowedByOwner, "environment", dropped);
        var proxyConfig = ProxyConfigRules.Apply(bundle.ProxyConfig, environment, context.AllowedByOwner, dropped);
        var hosts = HostsRules.Apply(bundle.Hosts, context.ForbiddenHostNames, ProxyConfigRules.DialledHosts(proxyConfig, environment), dropped);
        return new FilteredBundle(bundle with { Environment = environment, ProxyConfig = proxyConfig, Hosts = hosts }, dropped);
    }

    /// <summary>Why a variable may not come from a group or from the mesh's configuration; null: it may.</summary>
    /// <remarks>Stricter than <see cref="Apply"/>, which sees one map with the control plane's own values in it.</remarks>
    public static string? RefuseConfigured(string name, string value) => EnvironmentRules.RefuseConfigured(name, value);
}
