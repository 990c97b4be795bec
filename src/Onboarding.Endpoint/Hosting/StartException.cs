namespace Onboarding.Endpoint.Hosting;

/// <summary>Why the process does not start, in words for whoever starts it.</summary>
internal sealed class StartException : Exception
{
    public StartException(string message)
        : base(message)
    {
    }

    public StartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the process exits with.</summary>
    public int ExitCode { get; init; } = ExitCodes.Failed;
}
