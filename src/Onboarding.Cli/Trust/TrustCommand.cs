using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Trust;

/// <summary><c>onboardctl trust</c>: makes what the endpoint believes.</summary>
internal static class TrustCommand
{
    public static Command Create(CliConsole console) => new("trust", "Make the trust bundle that the endpoint believes.")
    {
        TrustAwsCommand.Create(console),
    };
}
