using System.CommandLine;
using Onboarding.Cli.Bootstrap;
using Onboarding.Cli.Completion;
using Onboarding.Cli.Output;

namespace Onboarding.Cli;

/// <summary>The commands of <c>onboardctl</c>; a feature adds its own here.</summary>
internal static class CommandTree
{
    /// <summary>All commands.</summary>
    public static RootCommand Create(CliConsole console) => new("Administers Onboarding Silo: checks manifests and policies, renders boot bundles, looks at workloads.")
    {
        BootstrapCommand.Create(console),
        CompletionCommand.Create(console),
    };

    /// <summary>Parses the arguments and runs the command they name.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken)
    {
        var parsed = Create(console).Parse(args);
        var configuration = new InvocationConfiguration { Output = console.Output, Error = console.Error };
        var exitCode = await parsed.InvokeAsync(configuration, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCodes.Failed : exitCode;
    }
}
