using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Policies;

/// <summary><c>onboardctl policy</c>.</summary>
internal static class PolicyCommand
{
    public static Command Create(CliConsole console, TimeProvider time) => new("policy", "Ask OnboardingPolicies who may join.")
    {
        PolicyTestCommand.Create(console, time),
        PolicyExplainCommand.Create(console, time),
    };
}
