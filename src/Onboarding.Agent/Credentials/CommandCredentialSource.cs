using Onboarding.Agent.Files;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Credentials;

/// <summary>A program whose standard output is the bare token.</summary>
/// <param name="path">Its absolute path.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="timeout">How long it may take.</param>
/// <param name="programs">Runs it.</param>
internal sealed class CommandCredentialSource(string path, IReadOnlyList<string> arguments, TimeSpan timeout, IProgramRunner programs) : ICredentialSource
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    public string Name => $"command {path}";

    public async Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            var program = TrustedExecutable.Resolve(path);
            var result = await programs.RunAsync(new ProgramCall(program, arguments, NoEnvironment, "", timeout), cancellationToken);
            return result.ExitCode == 0
                ? TokenText.Parse(result.Output, Name)
                : throw new CredentialUnavailableException($"{Name} ended with exit code {result.ExitCode}: {OneLine.Of(result.Errors)}");
        }
        catch (Exception error) when (error is UntrustedExecutableException or ProgramFailedException)
        {
            throw new CredentialUnavailableException($"{Name}: {error.Message}", error);
        }
    }
}
