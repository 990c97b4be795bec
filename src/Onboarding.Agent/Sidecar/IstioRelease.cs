using System.Text.RegularExpressions;
using Onboarding.Agent.Files;
using Onboarding.Agent.Processes;

namespace Onboarding.Agent.Sidecar;

/// <summary>Which Istio the sidecar is of.</summary>
/// <param name="Version">Its release; <c>unknown</c> where it cannot be asked.</param>
/// <param name="Revision">The Istio revision of the configuration; null: <c>default</c>.</param>
internal sealed partial record IstioRelease(string Version, string? Revision)
{
    private const string Unknown = "unknown";
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <summary>Asks the installed pilot-agent.</summary>
    public static async Task<IstioRelease> FindAsync(RootedFiles files, IProgramRunner programs, string? revision, CancellationToken cancellationToken)
    {
        try
        {
            var program = TrustedExecutable.Resolve(files.PathOf(SidecarPaths.PilotAgent));
            var call = new ProgramCall(program, ["version", "--short"], NoEnvironment, "", TimeSpan.FromSeconds(10));
            var result = await programs.RunAsync(call, cancellationToken);
            return new IstioRelease(Release().Match(result.Output) is { Success: true } match ? match.Value : Unknown, revision);
        }
        catch (Exception error) when (error is UntrustedExecutableException or ProgramFailedException)
        {
            return new IstioRelease(Unknown, revision);
        }
    }

    [GeneratedRegex(@"\d+\.\d+[0-9A-Za-z.+-]{0,40}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Release();
}
