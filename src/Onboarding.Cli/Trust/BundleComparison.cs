using System.Collections.Immutable;
using Onboarding.Attestation.Aws.Trust;

namespace Onboarding.Cli.Trust;

/// <summary>What becomes of a region of the trust bundle.</summary>
internal enum RegionChange
{
    /// <summary>The bundle does not have it yet.</summary>
    Added,

    /// <summary>Its certificate is the same.</summary>
    Same,

    /// <summary>It has another certificate.</summary>
    Changed,

    /// <summary>It is not published any more.</summary>
    Removed,

    /// <summary>What is published of it cannot be used; the bundle keeps what it has.</summary>
    Unusable,
}

/// <summary>A region in the bundle and on the page.</summary>
/// <param name="Region">The region.</param>
/// <param name="Change">What becomes of it.</param>
/// <param name="Before">SHA-256 of the bundle's certificate; null: none that can be used.</param>
/// <param name="Published">The published certificate; null: none.</param>
internal sealed record ComparedRegion(string Region, RegionChange Change, string? Before, RegionCertificate? Published)
{
    /// <summary>Whether an operator must have looked at it.</summary>
    public bool NeedsAcceptance => Change is RegionChange.Changed or RegionChange.Removed;
}

/// <summary>Compares a trust bundle with what is published.</summary>
internal static class BundleComparison
{
    /// <summary>All regions of both, in order.</summary>
    /// <param name="bundle">The bundle as it stands.</param>
    /// <param name="published">What is published.</param>
    public static ImmutableArray<ComparedRegion> Compare(TrustBundle bundle, PublishedCertificates published)
    {
        var byRegion = published.Certificates.ToDictionary(certificate => certificate.Region, StringComparer.Ordinal);
        return
        [
            .. bundle.Trust.Regions.Concat(byRegion.Keys).Concat(published.Problems.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(region => Compare(region, bundle, byRegion.GetValueOrDefault(region), published.Problems.ContainsKey(region))),
        ];
    }

    private static ComparedRegion Compare(string region, TrustBundle bundle, RegionCertificate? published, bool isUnusable)
    {
        var before = bundle.Find(region)?.Fingerprint;
        var change = isUnusable ? RegionChange.Unusable
            : published is null ? RegionChange.Removed
            : before == published.Fingerprint ? RegionChange.Same

            // A file that cannot be used is somebody's all the same.
            : bundle.Trust.Regions.Contains(region) ? RegionChange.Changed
            : RegionChange.Added;
        return new ComparedRegion(region, change, before, published);
    }
}
