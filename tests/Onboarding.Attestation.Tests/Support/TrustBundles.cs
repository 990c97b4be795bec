using Onboarding.Attestation.Aws.Trust;
using Onboarding.TestKit.Data;

namespace Onboarding.Attestation.Tests.Support;

/// <summary>Trust bundles in directories of their own.</summary>
internal static class TrustBundles
{
    /// <summary>AWS's certificates, as published.</summary>
    public const string Published = "data/aws-rsa2048";

    /// <summary>A bundle of some regions' PEMs, all of it good.</summary>
    public static TrustBundle Of(params (string Region, string Pem)[] regions)
    {
        using var directory = new TemporaryDirectory();
        Write(directory.Path, regions);
        var reading = TrustBundleReader.Read(directory.Path);
        reading.Problems.ShouldBeEmpty();
        return reading.Bundle;
    }

    public static void Write(string directory, params (string Region, string Pem)[] regions)
    {
        Directory.CreateDirectory(directory);
        foreach (var (region, pem) in regions)
        {
            File.WriteAllText(Path.Combine(directory, $"{region}.pem"), pem);
        }
    }

    /// <summary>The published PEM of a region.</summary>
    public static string PublishedPem(string region) => File.ReadAllText(SharedData.PathOf($"{Published}/{region}.pem"));
}
