namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>A test that needs <see cref="MetadataNamespace"/> and is skipped, with a word, where a machine does not permit it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MetadataNamespaceFactAttribute : FactAttribute
{
    /// <param name="overIpv6">Whether it needs the IPv6 address too.</param>
    public MetadataNamespaceFactAttribute(bool overIpv6 = false)
    {
        OverIpv6 = overIpv6;
        Skip = MetadataNamespace.WhyNot ?? (overIpv6 ? MetadataNamespace.WhyNotOverIpv6 : null);
    }

    /// <summary>Whether it needs the IPv6 address too.</summary>
    public bool OverIpv6 { get; }
}
