using System.CommandLine;
using Onboarding.Cli.Attest;
using Onboarding.Cli.Backup;
using Onboarding.Cli.Bootstrap;
using Onboarding.Cli.Completion;
using Onboarding.Cli.Containment;
using Onboarding.Cli.Demo;
using Onboarding.Cli.Keys;
using Onboarding.Cli.Load;
using Onboarding.Cli.Logs;
using Onboarding.Cli.Output;
using Onboarding.Cli.Policies;
using Onboarding.Cli.Trust;
using Onboarding.Cli.Validate;
using Onboarding.Cli.Workloads;

namespace Onboarding.Cli;

/// <summary>The commands of <c>onboardctl</c>; a feature adds its own here.</summary>
internal static class CommandTree
{
    // A value that begins with @ is the command's own business.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    // What is stopped halfway, the demo above all, ends its processes and removes its files first.
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromSeconds(30);

    /// <summary>All commands.</summary>
    public static RootCommand Create(CliConsole console) => new("Administers Onboarding Silo: checks manifests and policies, renders boot bundles, looks at workloads.")
    {
        ValidateCommand.Create(console),
        BootstrapCommand.Create(console),
        PolicyCommand.Create(console, TimeProvider.System),
        AttestCommand.Create(console, TimeProvider.System),
        TrustCommand.Create(console),
        GetCommand.Create(console),
        DescribeCommand.Create(console),
        LogLevelCommand.Create(console),
        SuspendCommand.CreateSuspend(console),
        SuspendCommand.CreateResume(console),
        DenyCommand.CreateDeny(console, TimeProvider.System),
        DenyCommand.CreateAllow(console),
        KeysCommand.Create(console, TimeProvider.System),
        BackupCommand.Create(console),
        RestoreCommand.Create(console),
        LoadCommand.Create(console, TimeProvider.System),
        DemoCommand.Create(console, TimeProvider.System),
        CompletionCommand.Create(console),
    };

    /// <summary>Parses the arguments and runs the command they name.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken)
    {
        var parsed = Create(console).Parse(args, Parser);
        var isWrong = parsed.Errors.Count > 0;

        // Wrong usage is answered with help, which is then no result.
        var configuration = new InvocationConfiguration
        {
            Output = isWrong ? console.Error : console.Output,
            Error = console.Error,
            ProcessTerminationTimeout = TimeToCleanUp,
        };
        var exitCode = await parsed.InvokeAsync(configuration, cancellationToken);
        return isWrong ? ExitCodes.Failed : exitCode;
    }
}
