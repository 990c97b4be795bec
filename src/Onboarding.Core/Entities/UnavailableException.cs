namespace Onboarding.Core.Entities;

/// <summary>"Perhaps done, ask again": the one failure of a host of entities.</summary>
public sealed class UnavailableException : Exception
{
    /// <summary>Without a reason.</summary>
    public UnavailableException()
        : base("unavailable")
    {
    }

    /// <summary>With a reason for the log.</summary>
    public UnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason for the log, and what caused it.</summary>
    public UnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
