using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>A Service with the address it is reached at.</summary>
/// <param name="Summary">What is used of any Service.</param>
/// <param name="ExternalAddress">Its address outside the cluster: an IP literal or a host name; null: none is known.</param>
public sealed record ServiceManifest(ServiceSummary Summary, string? ExternalAddress);

/// <summary>Reads Kubernetes' Services.</summary>
public static class ServiceReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "Service";

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static ServiceManifest? Read(YamlDocument document, ProblemList problems) =>
        ResourceReader.Read(document, FieldRules.Lenient, problems, Read);

    private static ServiceManifest Read(FieldReader reader)
    {
        var metadata = ObjectMetaReader.Read(reader);
        var spec = reader.Mapping("spec");
        var selector = spec?.TextMap("selector");
        var ingress = reader.Mapping("status")?.Mapping("loadBalancer")?.Mappings("ingress").FirstOrDefault();
        // istioctl's order, then the name that load balancers without a fixed address have.
        var address = ingress?.Text("ip") ?? spec?.Texts("externalIPs").FirstOrDefault() ?? ingress?.Text("hostname");
        return new ServiceManifest(
            new ServiceSummary(
                metadata.Namespace,
                metadata.Name,
                [.. spec?.Mappings("ports").Select(port => port.Number("port", 1, 65535)).OfType<int>() ?? []],
                selector is { IsEmpty: false } ? selector : null),
            address);
    }
}
