using System.Collections.Immutable;
using Onboarding.Core.Resources;

namespace Onboarding.Endpoint.Manifests;

/// <summary>What of a registration's file matters to the next write.</summary>
/// <param name="WorkloadKey">Whose it is: two identities may come to one name, say when a shortName is given to another issuer, and the first one keeps it.</param>
/// <param name="Epoch">The epoch it was written with.</param>
/// <param name="IsOurs">Whether it carries our label.</param>
/// <param name="EntryUid">The entry's UID; null: there is no entry.</param>
/// <param name="Annotations">What people have annotated, and is kept.</param>
internal sealed record WrittenFile(
    string WorkloadKey, long Epoch, bool IsOurs, string? EntryUid, ImmutableSortedDictionary<string, string> Annotations)
{
    /// <summary>The same of a file that was read, or is to be written.</summary>
    public static WrittenFile Of(RegistrationFile file, string uidLabel) => new(
        KeyOf(file.Registration),
        file.Epoch,
        file.IsOurs(uidLabel),
        file.Entry?.Metadata.Annotations.GetValueOrDefault(WellKnownMetadata.EntryUidAnnotation),
        file.Registration.Metadata.Annotations.Remove(WellKnownMetadata.EpochAnnotation));

    /// <summary>Whose a registration is.</summary>
    public static string KeyOf(WorkloadAutoRegistration registration) =>
        Core.Identity.WorkloadKey.Of(registration.Metadata.Namespace, registration.Group, registration.Identity);

    /// <summary>Whether a workload may change it with an epoch.</summary>
    public bool MayChange(long epoch) => IsOurs && Epoch <= epoch;
}
