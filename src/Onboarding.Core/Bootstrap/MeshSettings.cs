using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Bootstrap;

/// <summary>What a mesh's ConfigMaps say of it, for one Istio revision, with Istio's own defaults for what is absent.</summary>
public sealed record MeshSettings
{
    private const string DefaultRootCertificates = "istio-ca-root-cert";

    /// <summary>Agents say which revision they are of: more than these are read anew each time.</summary>
    private const int MaxCachedRevisions = 64;

    private static readonly ConditionalWeakTable<ResourceSnapshot, ConcurrentDictionary<string, MeshSettings>> Cache = [];

    /// <summary>The mesh's configuration, from ConfigMap <c>istio[-revision]</c>.</summary>
    public required MeshConfiguration Mesh { get; init; }

    /// <summary>The mesh's trust domain.</summary>
    /// <value><c>cluster.local</c>.</value>
    public required string TrustDomain { get; init; }

    /// <summary>Namespace whose Sidecar without a selector applies to every namespace.</summary>
    /// <value><c>istio-system</c>.</value>
    public required string RootNamespace { get; init; }

    /// <summary><c>global.multiCluster.clusterName</c>: the cluster as istiod knows it.</summary>
    /// <value><c>Kubernetes</c>.</value>
    public required string ClusterId { get; init; }

    /// <summary><c>global.proxy.clusterDomain</c>.</summary>
    /// <value><c>cluster.local</c>.</value>
    public required string ClusterDomain { get; init; }

    /// <summary><c>global.sds.token.aud</c>: audience of sidecars' tokens.</summary>
    /// <value><c>istio-ca</c>.</value>
    public required string TokenAudience { get; init; }

    /// <summary>The mesh's root certificates, PEM; null: not known.</summary>
    public string? RootCertificates { get; init; }

    /// <summary>What was absent or could not be read, in sentences for people.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Reads the ConfigMaps of a revision; null, empty and <c>default</c> mean none.</summary>
    /// <remarks>A snapshot's settings are read once: a change of the mesh asks for every workload's bundle.</remarks>
    public static MeshSettings Of(ResourceSnapshot resources, string? revision)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var cached = Cache.GetOrCreateValue(resources);
        var key = IstioNames.WithRevision("", revision);
        if (cached.TryGetValue(key, out var known))
        {
            return known;
        }

        var settings = ReadAll(resources, revision);
        if (cached.Count < MaxCachedRevisions)
        {
            cached.TryAdd(key, settings);
        }

        return settings;
    }

    private static MeshSettings ReadAll(ResourceSnapshot resources, string? revision)
    {
        var notes = new List<string>();
        var text = Read(resources, IstioNames.WithRevision("istio", revision), "mesh", "the mesh's defaults are assumed", notes);
        var mesh = text is null ? MeshConfiguration.Empty : MeshConfiguration.Parse(text, "mesh");
        notes.AddRange(mesh.Problems.Select(problem => $"mesh configuration: {problem}"));

        var injector = IstioNames.WithRevision("istio-sidecar-injector", revision);
        var valuesText = Read(resources, injector, "values", "cluster id Kubernetes and token audience istio-ca are assumed", notes);
        var values = valuesText is null ? null : MeshConfiguration.ReadObject(valuesText, "values", notes);
        var bundleName = Find(values, "global", "trustBundleName") ?? DefaultRootCertificates;
        return new MeshSettings
        {
            Mesh = mesh,
            TrustDomain = mesh.TrustDomain.Length > 0 ? mesh.TrustDomain : "cluster.local",
            RootNamespace = mesh.RootNamespace.Length > 0 ? mesh.RootNamespace : IstioNames.Namespace,
            ClusterId = Find(values, "global", "multiCluster", "clusterName") ?? "Kubernetes",
            ClusterDomain = Find(values, "global", "proxy", "clusterDomain") ?? "cluster.local",
            TokenAudience = Find(values, "global", "sds", "token", "aud") ?? "istio-ca",
            RootCertificates = Read(resources, bundleName, "root-cert.pem", "the bundle has no root certificates", notes),
            Notes = [.. notes],
        };
    }

    private static string? Read(ResourceSnapshot resources, string configMap, string key, string consequence, List<string> notes)
    {
        if (resources.MeshConfigMaps.TryGetValue(configMap, out var data) && data.TryGetValue(key, out var text))
        {
            return text;
        }

        notes.Add($"ConfigMap {configMap} of namespace {IstioNames.Namespace} has no {key}, or is absent: {consequence}.");
        return null;
    }

    private static string? Find(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
    }
}
