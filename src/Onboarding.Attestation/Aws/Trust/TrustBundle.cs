using System.Collections.Frozen;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Aws.Trust;

/// <summary>The regions whose identity documents are believed, each with its one certificate; immutable.</summary>
public sealed class TrustBundle
{
    private readonly FrozenDictionary<string, RegionCertificate> regions;

    /// <summary>A bundle.</summary>
    /// <param name="certificates">The certificates, one for each region.</param>
    /// <param name="unusable">Regions whose files are there and cannot be used: they vouch for nobody new, and take nobody's place away.</param>
    internal TrustBundle(IReadOnlyCollection<RegionCertificate> certificates, IReadOnlyCollection<string> unusable)
    {
        regions = certificates.ToFrozenDictionary(certificate => certificate.Region, StringComparer.Ordinal);
        var content = Certificates.Select(certificate => $"{certificate.Region} {certificate.Fingerprint}\n")
            .Concat(unusable.Order(StringComparer.Ordinal).Select(region => $"{region} -\n"));
        Trust = new AwsTrust(Sha256Text.Hex(string.Concat(content)), regions.Keys.Concat(unusable).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Whether it vouches for nobody.</summary>
    public bool IsEmpty => regions.Count == 0;

    /// <summary>Its certificates, in order of their regions.</summary>
    public IEnumerable<RegionCertificate> Certificates => regions.Values.OrderBy(certificate => certificate.Region, StringComparer.Ordinal);

    /// <summary>What it means for identities that were proven before.</summary>
    public AwsTrust Trust { get; }

    /// <summary>The certificate of a region; null: the region is not known.</summary>
    public RegionCertificate? Find(string region) => regions.GetValueOrDefault(region);
}
