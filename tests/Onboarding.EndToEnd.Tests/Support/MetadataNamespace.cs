using System.Diagnostics;
using Onboarding.TestKit.Data;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>A network of its own, whose loopback has the addresses of AWS's metadata services.</summary>
internal static class MetadataNamespace
{
    /// <summary>The script that runs a program in one.</summary>
    public static string Script { get; } = Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.SimulatedAws", "in-namespace.sh");

    /// <summary>Why this machine does not permit it; null: it does.</summary>
    public static string? WhyNot { get; } = Try("true") is (not 0, var said) ? said : null;

    /// <summary>Why it has no IPv6; null: it has.</summary>
    public static string? WhyNotOverIpv6 { get; } = Try("sh", "-c", "ip -6 addr show dev lo | grep -q fd00:ec2::254") is (not 0, _) ? "this machine has no IPv6" : null;

    private static (int ExitCode, string Said) Try(params string[] command)
    {
        using var attempt = Process.Start(new ProcessStartInfo(Script, command) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = attempt.StandardError.ReadToEnd();
        attempt.WaitForExit();
        return (attempt.ExitCode, said.Trim());
    }
}
