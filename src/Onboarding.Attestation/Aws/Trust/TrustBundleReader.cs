using System.Collections.Immutable;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Trust;

/// <summary>Reads a trust bundle: a directory of <c>&lt;region&gt;.pem</c>.</summary>
public static class TrustBundleReader
{
    /// <summary>Reads what is good and says what is not; no two regions may share a serial number or a key.</summary>
    public static TrustBundleReading Read(string directory) => Read(TrustBundleFiles.Read(directory));

    /// <summary>The same, of files that were read.</summary>
    internal static TrustBundleReading Read(TrustBundleFiles files)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var certificates = new List<RegionCertificate>();
        var unusable = new List<string>();
        if (files.Problem is { } unreadable)
        {
            problems.Add(unreadable);
        }

        foreach (var (file, text) in files.Files)
        {
            if (!AwsRegion.TryParse(Path.GetFileNameWithoutExtension(file), out var region))
            {
                problems.Add($"{file}: is not named after a region");
            }
            else if (RegionCertificate.Read(region.Name, text, out var problem) is not { } certificate)
            {
                problems.Add($"{file}: {problem}");
                unusable.Add(region.Name);
            }
            else if (certificates.Find(certificate.IsDoubleOf) is { } other)
            {
                problems.Add($"{file}: has the serial number or key of {other.Region}");
                unusable.Add(region.Name);
            }
            else
            {
                certificates.Add(certificate);
            }
        }

        return new TrustBundleReading(new TrustBundle(certificates, unusable), problems.ToImmutable());
    }
}

/// <summary>What was read.</summary>
/// <param name="Bundle">What is good of it.</param>
/// <param name="Problems">What is wrong, each with its file.</param>
public sealed record TrustBundleReading(TrustBundle Bundle, ImmutableArray<string> Problems);
