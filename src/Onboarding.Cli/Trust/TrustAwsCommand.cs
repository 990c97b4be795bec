using System.Collections.Immutable;
using System.CommandLine;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Trust;

/// <summary><c>onboardctl trust aws</c>: builds the trust bundle from the page on which AWS publishes its certificates. The endpoint itself never downloads.</summary>
internal static class TrustAwsCommand
{
    public static Command Create(CliConsole console)
    {
        var from = new Option<string>("--from")
        {
            Description = "AWS's page of public certificates in its Markdown form (regions-certs.md): a file or an https URL.",
            HelpName = "FILE|URL",
            Required = true,
        };
        var directory = new Option<string>("--out") { Description = "The trust bundle's directory; one <region>.pem for each region.", HelpName = "DIR", Required = true };
        var accept = new Option<string[]>("--accept")
        {
            Description = "A region whose certificate may change or go; may be repeated.",
            HelpName = "REGION",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("aws", "Build the trust bundle from AWS's published certificates; exit 1 when a region was left as it is.") { from, directory, accept };
        command.OnRun(console, (parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(from), parsed.GetRequiredValue(directory), parsed.GetRequiredValue(accept), console, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string from, string directory, string[] accepted, CliConsole console, CancellationToken cancellationToken)
    {
        var published = PublishedPage.Read(await PageSource.ReadAsync(from, cancellationToken));
        if (published.Certificates.IsEmpty)
        {
            throw new CliException($"{from} has no certificate of a region; is it the page in its Markdown form?");
        }

        Directory.CreateDirectory(directory);
        var compared = BundleComparison.Compare(TrustBundleReader.Read(directory).Bundle, published);
        foreach (var region in compared.Where(region => !region.NeedsAcceptance || accepted.Contains(region.Region, StringComparer.Ordinal)))
        {
            await ApplyAsync(directory, region, cancellationToken);
        }

        WriteTable(console, compared);
        return Report(console, compared, published.Problems, accepted);
    }

    private static async Task ApplyAsync(string directory, ComparedRegion region, CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory, $"{region.Region}.pem");
        switch (region)
        {
            case { Change: RegionChange.Added or RegionChange.Changed, Published: { } published }:
                // The endpoint may be looking: a file is whole or not there.
                var whole = $"{file}.new";
                await File.WriteAllTextAsync(whole, published.Certificate.ExportCertificatePem() + "\n", cancellationToken);
                File.Move(whole, file, overwrite: true);
                break;
            case { Change: RegionChange.Removed }:
                File.Delete(file);
                break;
        }
    }

    private static void WriteTable(CliConsole console, ImmutableArray<ComparedRegion> compared)
    {
        var table = new PlainTable("REGION", "CHANGE", "SHA-256", "BEFORE");
        foreach (var region in compared)
        {
            table.AddCells(region.Region, region.Change.ToString().ToLowerInvariant(), region.Published?.Fingerprint, region.Change == RegionChange.Same ? "" : region.Before ?? "");
        }

        table.WriteTo(console.Output);
    }

    private static int Report(CliConsole console, ImmutableArray<ComparedRegion> compared, ImmutableDictionary<string, string> problems, string[] accepted)
    {
        var exitCode = ExitCodes.Ok;
        foreach (var (region, problem) in problems.OrderBy(problem => problem.Key, StringComparer.Ordinal))
        {
            console.Error.WriteLine($"{region}: {problem}; left as it is");
            exitCode = ExitCodes.NotMet;
        }

        foreach (var region in compared.Where(region => region.NeedsAcceptance && !accepted.Contains(region.Region, StringComparer.Ordinal)))
        {
            console.Error.WriteLine($"{region.Region}: {region.Change.ToString().ToLowerInvariant()}; left as it is. Compare the SHA-256 with another source, then add --accept {region.Region}");
            exitCode = ExitCodes.NotMet;
        }

        return exitCode;
    }
}
