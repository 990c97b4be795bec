namespace Onboarding.Core.Entities;

/// <summary>An entity: its state record, which is immutable and decides about itself. No I/O; facts from outside travel in commands.</summary>
/// <typeparam name="TSelf">The state record.</typeparam>
public interface IEntity<TSelf>
    where TSelf : class, IEntity<TSelf>
{
    /// <summary>The state of an entity that was never stored.</summary>
    static abstract TSelf Absent(string key);

    /// <summary>Whether it needs no row.</summary>
    bool IsAbsent { get; }

    /// <summary>When <see cref="OnDeadline"/> wants to be asked; null: never.</summary>
    DateTimeOffset? Deadline { get; }

    /// <summary>What the passing of <see cref="Deadline"/> means.</summary>
    Decision<TSelf> OnDeadline(DateTimeOffset now);

    /// <summary>The state after we were away: after a load, and when a deadline fires late. Leases begin anew here.</summary>
    TSelf Resumed(DateTimeOffset now);
}
