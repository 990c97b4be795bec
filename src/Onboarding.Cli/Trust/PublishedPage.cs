using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Protocol.Aws;

namespace Onboarding.Cli.Trust;

/// <summary>
/// AWS's page of public certificates in its Markdown form. A line that ends in a region begins that region's part; of the certificates in it the one
/// with a 2048-bit RSA key counts, and where there are several, the one below a line that says 2048.
/// </summary>
internal static partial class PublishedPage
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";
    private const string Label = "2048";

    /// <summary>Reads the page.</summary>
    public static PublishedCertificates Read(string markdown)
    {
        var certificates = ImmutableArray.CreateBuilder<RegionCertificate>();
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var region in ReadBlocks(markdown).GroupBy(block => block.Region, StringComparer.Ordinal))
        {
            if (Choose([.. region], out var problem) is not { } certificate)
            {
                problems[region.Key] = problem;
            }
            else if (certificates.FirstOrDefault(certificate.IsDoubleOf) is { } other)
            {
                problems[region.Key] = $"has the serial number or key of {other.Region}";
            }
            else
            {
                certificates.Add(certificate);
            }
        }

        return new PublishedCertificates(certificates.ToImmutable(), problems.ToImmutable());
    }

    private static RegionCertificate? Choose(List<Block> blocks, out string problem)
    {
        var candidates = blocks.Where(block => IsRsa2048(block.Pem)).DistinctBy(block => block.Pem, StringComparer.Ordinal).ToList();
        var labelled = candidates.Count > 1 ? candidates.FindAll(block => block.IsLabelled) : candidates;
        if (labelled is not [var chosen])
        {
            problem = candidates.Count == 0 ? "has no certificate with a 2048-bit RSA key" : "has several certificates with 2048-bit RSA keys";
            return null;
        }

        return RegionCertificate.Read(chosen.Region, chosen.Pem, out problem);
    }

    private static IEnumerable<Block> ReadBlocks(string markdown)
    {
        string? region = null;
        var isLabelled = false;
        StringBuilder? block = null;
        foreach (var line in markdown.Split('\n').Select(line => line.Trim()))
        {
            if (block is not null)
            {
                block.Append(line).Append('\n');
                if (line == End)
                {
                    yield return new Block(region!, block.ToString(), isLabelled);
                    (block, isLabelled) = (null, false);
                }
            }
            else if (line == Begin)
            {
                block = region is null ? null : new StringBuilder().Append(line).Append('\n');
            }
            else if (FindRegion(line) is { } found)
            {
                (region, isLabelled) = (found, false);
            }
            else
            {
                isLabelled |= line.Contains(Label, StringComparison.Ordinal);
            }
        }
    }

    private static string? FindRegion(string line) =>
        RegionAtEnd().Match(line) is { Success: true } match && AwsRegion.TryParse(match.Groups["region"].Value, out var region) ? region.Name : null;

    private static bool IsRsa2048(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var key = certificate.GetRSAPublicKey();
            return key?.KeySize == 2048;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // What Markdown and HTML put behind a heading is passed over.
    [GeneratedRegex(@"(^|[\s(>*_`#])(?<region>[a-z]+(-[a-z]+){1,3}-[0-9]{1,2})(</[a-z0-9]+>|[*_`#)\s]|\{#[^}]*\})*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RegionAtEnd();

    private sealed record Block(string Region, string Pem, bool IsLabelled);
}

/// <summary>What the page says.</summary>
/// <param name="Certificates">The certificates, one for each region.</param>
/// <param name="Problems">Regions whose part cannot be used, with the reason.</param>
internal sealed record PublishedCertificates(ImmutableArray<RegionCertificate> Certificates, ImmutableDictionary<string, string> Problems);
