namespace Onboarding.Core.Resources;

/// <summary>Labels and annotations of ours.</summary>
public static class WellKnownMetadata
{
    /// <summary>Label on what we write: <see cref="UidLabelValue"/> of the endpoint's uid. What does not carry it is not ours.</summary>
    public const string UidLabel = "onboarding.tetrate.io/uid";

    /// <summary>Annotation on what we write: the epoch it was written with, decimal.</summary>
    public const string EpochAnnotation = "onboarding.tetrate.io/epoch";

    /// <summary>Annotation of a WorkloadAutoRegistration: the name of its WorkloadGroup, which is no label value where it is long.</summary>
    public const string GroupAnnotation = "onboarding.tetrate.io/workload-group";

    /// <summary>Annotation of a WorkloadEntry in a file: what takes the place of the API server's uid; another one says that the entry was made anew.</summary>
    public const string EntryUidAnnotation = "onboarding.tetrate.io/entry-uid";

    /// <summary>Annotation that users set on a WorkloadGroup: the keys of labels that agents may add, separated by commas.</summary>
    public const string AllowedLabelsAnnotation = "onboarding.tetrate.io/allowed-labels";

    /// <summary>Annotation that users set on a WorkloadGroup: <c>true</c> lets hosts outside the cluster's domain be aliased.</summary>
    public const string AliasExternalHostsAnnotation = "onboarding.tetrate.io/alias-external-hosts";

    /// <summary>Annotation that users set on a WorkloadGroup: its members may be removed, however many; while it is there the brake does not hold.</summary>
    public const string ConfirmRemovalAnnotation = "onboarding.tetrate.io/confirm-removal";

    /// <summary>Annotation of a WorkloadAutoRegistration that is suspended: why.</summary>
    public const string SuspendedAnnotation = "onboarding.tetrate.io/suspended";

    /// <summary>The value of <see cref="UidLabel"/>: the first 32 hex digits of SHA-256 of the uid, since a URL is no label value.</summary>
    public static string UidLabelValue(string uid) => Protocol.Sha256Text.Hex(uid)[..32];
}
