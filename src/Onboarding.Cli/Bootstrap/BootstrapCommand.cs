using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Bootstrap;

/// <summary><c>onboardctl bootstrap</c>: what a workload's sidecar starts with.</summary>
internal static class BootstrapCommand
{
    public static Command Create(CliConsole console) => new("bootstrap", "Look at what a workload's sidecar starts with.")
    {
        BootstrapRenderCommand.Create(console),
    };
}
