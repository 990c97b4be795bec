namespace Onboarding.Cli;

/// <summary>A command cannot do its work; the message says why and what to do. It ends in <see cref="ExitCodes.Failed"/>.</summary>
internal sealed class CliException : Exception
{
    public CliException(string message)
        : base(message)
    {
    }

    public CliException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
