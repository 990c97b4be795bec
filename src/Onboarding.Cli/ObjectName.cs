using Onboarding.Protocol;

namespace Onboarding.Cli;

/// <summary><c>NAMESPACE/NAME</c> on the command line.</summary>
internal static class ObjectName
{
    /// <exception cref="CliException">It is none.</exception>
    public static WorkloadGroupReference Parse(string text) =>
        text.Split('/') is [{ Length: > 0 } @namespace, { Length: > 0 } name]
            ? new WorkloadGroupReference(@namespace, name)
            : throw new CliException($"\"{text}\" must be NAMESPACE/NAME");
}
