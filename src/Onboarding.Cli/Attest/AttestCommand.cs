using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Attest;

/// <summary><c>onboardctl attest</c>: looks at evidence as the endpoint does, off line.</summary>
internal static class AttestCommand
{
    public static Command Create(CliConsole console, TimeProvider time) => new("attest", "Look at a machine's evidence as the endpoint does, off line.")
    {
        AttestAwsCommand.Create(console, time),
    };
}
