using System.Net;
using System.Net.Sockets;
using Onboarding.Core;
using Onboarding.Core.Workloads.Labels;
using Onboarding.Protocol;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Api.Validation;

/// <summary>The shape of <c>spec.registration</c> (resources.md); what is claimed is judged by the workload's decider.</summary>
internal static class RegistrationValidator
{
    private const int MaxVersion = 128;
    private const int MaxAddresses = 8;

    /// <summary>The first thing that is wrong with a registration; null: nothing.</summary>
    public static Refusal? Validate(Registration registration, string path) =>
        Version(registration.Agent.Version, $"{path}.agent.version")
        ?? Version(registration.Sidecar.Istio.Version, $"{path}.sidecar.istio.version")
        ?? Revision(registration.Sidecar.Istio.Revision, $"{path}.sidecar.istio.revision")
        ?? Addresses(registration.Host.Addresses, $"{path}.host.addresses")
        ?? Labels(registration.Workload?.Labels, $"{path}.workload.labels");

    private static Refusal? Version(string version, string path) =>
        version.Length is > 0 and <= MaxVersion && !version.Any(char.IsControl)
            ? null
            : InvalidField.At(path, $"must have 1 to {MaxVersion} characters and no control characters");

    private static Refusal? Revision(string? revision, string path) =>
        revision is not null && KubernetesName.CheckRevision(revision) is { } problem ? InvalidField.At(path, problem) : null;

    private static Refusal? Addresses(IReadOnlyList<HostAddress> addresses, string path)
    {
        if (addresses.Count is 0 or > MaxAddresses)
        {
            return InvalidField.At(path, $"must have 1 to {MaxAddresses} items");
        }

        for (var index = 0; index < addresses.Count; index++)
        {
            if (addresses[index] is not { } address)
            {
                return InvalidField.At($"{path}[{index}]", "must not be null");
            }

            if (!IsAddress(address.Ip))
            {
                return InvalidField.At($"{path}[{index}].ip", "must be an IPv4 or IPv6 address without a zone");
            }

            if (!Enum.IsDefined(address.Type))
            {
                return InvalidField.At($"{path}[{index}].type", "must be VPC or INTERNET");
            }
        }

        return null;
    }

    /// <summary>The parser alone would take <c>1</c>, <c>0x7f.1</c>, <c>[::1]</c> and zones.</summary>
    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? string.Equals(address.ToString(), text, StringComparison.Ordinal)
            : text.AsSpan().IndexOfAny("%[]") < 0);

    private static Refusal? Labels(IReadOnlyDictionary<string, string>? labels, string path) =>
        labels is not null && AgentLabelRules.Check(labels, path) is { } problem ? InvalidField.Because(problem) : null;
}
