namespace Onboarding.Standalone;

/// <summary>Why the process does not start, in words for whoever starts it.</summary>
internal sealed class StartException : Exception
{
    public StartException()
    {
    }

    public StartException(string message)
        : base(message)
    {
    }

    public StartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
