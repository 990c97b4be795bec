using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Keys;

/// <summary><c>onboardctl keys</c>.</summary>
internal static class KeysCommand
{
    public static Command Create(CliConsole console, TimeProvider time) => new("keys", "Look after the keys that sign onboarding tokens.")
    {
        KeysCreateCommand.Create(console, time),
        KeysRotateCommand.Create(console),
    };
}
