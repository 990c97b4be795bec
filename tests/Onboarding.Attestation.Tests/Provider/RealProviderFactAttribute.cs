using Onboarding.TestKit.Data;

namespace Onboarding.Attestation.Tests.Provider;

/// <summary>A test that needs Node and npm's oidc-provider, and is skipped, with a word, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealProviderFactAttribute : FactAttribute
{
    public RealProviderFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "oidc-provider")))
        {
            Skip = "needs npm's oidc-provider: run `make deps`";
        }
        else if (!IsOnPath("node"))
        {
            Skip = "needs Node.js on the PATH";
        }
    }

    internal static string Folder { get; } = Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Attestation.Tests", "Provider");

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
