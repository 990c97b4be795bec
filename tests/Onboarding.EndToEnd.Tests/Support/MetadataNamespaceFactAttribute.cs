namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>A test that needs <see cref="MetadataNamespace"/> and is skipped, with a word, where a machine does not permit it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MetadataNamespaceFactAttribute : FactAttribute
{
    public MetadataNamespaceFactAttribute() => Skip = MetadataNamespace.WhyNot;
}
