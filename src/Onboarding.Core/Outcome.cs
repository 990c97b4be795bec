using System.Diagnostics.CodeAnalysis;

namespace Onboarding.Core;

/// <summary>A value, or why there is none.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly record struct Outcome<T>
    where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value, where it was granted.</summary>
    public T? Value { get; }

    /// <summary>Why there is none.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether it was granted.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsGranted => Value is not null;

    /// <summary>A value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
