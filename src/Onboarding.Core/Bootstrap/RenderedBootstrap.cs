using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Protocol;

namespace Onboarding.Core.Bootstrap;

/// <summary>What <c>istioctl x workload entry configure</c> would have written; <see cref="Onboarding.Protocol.Bundle.BundleText"/> makes its files of it.</summary>
/// <param name="Environment">Variables of <c>cluster.env</c>.</param>
/// <param name="ProxyConfig"><c>defaultConfig</c> of <c>mesh.yaml</c>.</param>
/// <param name="Hosts">Lines of <c>hosts</c>.</param>
/// <param name="Problems">What could not be read, as <c>field.path: what is wrong</c>; istioctl gives up at the first.</param>
public sealed record RenderedBootstrap(
    IReadOnlyDictionary<string, string> Environment,
    JsonObject ProxyConfig,
    IReadOnlyList<HostsEntry> Hosts,
    ImmutableArray<string> Problems);
