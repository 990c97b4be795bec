using Onboarding.TestKit.Data;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>The programs as they were built, in this build's configuration.</summary>
internal static class Executables
{
    private static readonly string Configuration =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string Standalone => PathOf("Onboarding.Standalone", "onboarding-standalone");

    public static string Agent => PathOf("Onboarding.Agent", "onboarding-agent");

    public static string Onboardctl => PathOf("Onboarding.Cli", "onboardctl");

    public static string SimulatedAws => PathOf("Onboarding.SimulatedAws", "simulated-aws", "tests");

    private static string PathOf(string project, string program, string folder = "src") =>
        Path.Combine(SharedData.RepositoryRoot(), folder, project, "bin", Configuration, "net10.0", program);
}
