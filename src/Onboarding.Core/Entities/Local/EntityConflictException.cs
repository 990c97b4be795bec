namespace Onboarding.Core.Entities.Local;

/// <summary>A conditional write found another version: somebody else owns the row, and what is in memory is out of date.</summary>
public sealed class EntityConflictException : Exception
{
    /// <summary>Without a reason.</summary>
    public EntityConflictException()
    {
    }

    /// <summary>With a reason for the log.</summary>
    public EntityConflictException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason for the log, and what caused it.</summary>
    public EntityConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
