namespace Onboarding.Core.Entities;

/// <summary>A row that this release cannot read. It is left as it is, and its entity is unavailable.</summary>
public sealed class UnreadableEntityException : Exception
{
    /// <summary>Without a reason.</summary>
    public UnreadableEntityException()
    {
    }

    /// <summary>Why it cannot be read, and what to do.</summary>
    public UnreadableEntityException(string message)
        : base(message)
    {
    }

    /// <summary>Why it cannot be read, and what caused it.</summary>
    public UnreadableEntityException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
