using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Compares what registrations say; the records compare their lists and maps by reference.</summary>
internal static class RegistrationComparer
{
    /// <summary>Whether two registrations say the same.</summary>
    public static bool AreEqual(Registration one, Registration other) =>
        one.Agent == other.Agent
        && one.Sidecar == other.Sidecar
        && one.Settings == other.Settings
        && one.Host.Addresses.SequenceEqual(other.Host.Addresses)
        && AreEqual(one.Workload?.Labels, other.Workload?.Labels);

    private static bool AreEqual(IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0)
        && (one is null || one.All(label => other!.TryGetValue(label.Key, out var value) && value == label.Value));
}
