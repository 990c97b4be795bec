using System.Collections.Immutable;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Resources.Manifests;

/// <summary>Makes one snapshot of many files.</summary>
public static class ManifestSnapshot
{
    /// <summary>The Service that VMs dial, in the Istio namespace.</summary>
    private const string GatewayService = "vmgateway";

    /// <summary>
    /// Makes a snapshot. Of objects with the same kind, namespace and name the first counts; the others are reported.
    /// </summary>
    /// <param name="manifests">The files, in order.</param>
    /// <param name="istioNamespace">Where the mesh's ConfigMaps and the gateway's Service are.</param>
    /// <param name="asOf">When the files were read.</param>
    /// <param name="problems">Where problems go.</param>
    public static ResourceSnapshot Build(IReadOnlyCollection<Manifest> manifests, string istioNamespace, DateTimeOffset asOf, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        ArgumentNullException.ThrowIfNull(problems);
        ImmutableArray<T> Collect<T>(Func<Manifest, ImmutableArray<T>> ofKind, Func<T, (string Namespace, string Name)> id, string kind)
        {
            var files = new Dictionary<(string, string), string>();
            var all = ImmutableArray.CreateBuilder<T>();
            foreach (var (manifest, item) in manifests.SelectMany(manifest => ofKind(manifest).Select(item => (manifest, item))))
            {
                if (files.TryAdd(id(item), manifest.File))
                {
                    all.Add(item);
                }
                else
                {
                    var (@namespace, name) = id(item);
                    problems.Add(new FieldProblem(manifest.File, 1, "", $"{kind} {@namespace}/{name} is ignored: it is there before, in {files[id(item)]}"));
                }
            }

            return all.ToImmutable();
        }

        bool IsIstio(string @namespace) => string.Equals(@namespace, istioNamespace, StringComparison.Ordinal);
        static (string, string) Id(ObjectMeta metadata) => (metadata.Namespace, metadata.Name);
        var services = Collect(manifest => manifest.Services, service => (service.Summary.Namespace, service.Summary.Name), "Service");
        var configMaps = Collect(manifest => manifest.ConfigMaps, map => Id(map.Metadata), "ConfigMap");
        return new ResourceSnapshot
        {
            AsOf = asOf,
            WorkloadGroups = Collect(manifest => manifest.WorkloadGroups, group => Id(group.Metadata), "WorkloadGroup"),
            Policies = Collect(manifest => manifest.Policies, policy => Id(policy.Metadata), "OnboardingPolicy"),
            Sidecars = Collect(manifest => manifest.Sidecars, sidecar => Id(sidecar.Metadata), "Sidecar"),
            MeshConfigMaps = configMaps.Where(map => IsIstio(map.Metadata.Namespace)).ToImmutableSortedDictionary(
                map => map.Metadata.Name, map => map.Data, StringComparer.Ordinal),
            Services = [.. services.Select(service => service.Summary)],
            GatewayAddress = services.FirstOrDefault(service => IsIstio(service.Summary.Namespace) && service.Summary.Name is GatewayService)?.ExternalAddress,
        };
    }
}
