using System.Diagnostics;
using Onboarding.TestKit.Data;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>A network of its own, whose loopback has the addresses of AWS's metadata services.</summary>
internal static class MetadataNamespace
{
    /// <summary>The script that runs a program in one.</summary>
    public static string Script { get; } = Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.SimulatedAws", "in-namespace.sh");

    /// <summary>Why this machine does not permit it; null: it does.</summary>
    public static string? WhyNot { get; } = Try();

    private static string? Try()
    {
        using var attempt = Process.Start(new ProcessStartInfo(Script, ["true"]) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = attempt.StandardError.ReadToEnd();
        attempt.WaitForExit();
        return attempt.ExitCode == 0 ? null : said.Trim();
    }
}
