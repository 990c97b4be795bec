namespace Onboarding.Core.Entities.Local;

/// <summary>Rows with versions, for hosts within one process. Every exception means: perhaps.</summary>
public interface IEntityStore
{
    /// <summary>Reads a row; null: there is none.</summary>
    ValueTask<EntityRow?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default);

    /// <summary>Writes or deletes a row, and completes when that is durable.</summary>
    /// <param name="kind">The entity's kind.</param>
    /// <param name="key">The entity's key.</param>
    /// <param name="version">The version that must be there; 0: there must be no row.</param>
    /// <param name="value">The row; null: it is deleted.</param>
    /// <returns>The new version, never used before for this row; 0 after a deletion.</returns>
    /// <exception cref="EntityConflictException">Another version is there: somebody else owns the row.</exception>
    ValueTask<long> WriteAsync(string kind, string key, long version, byte[]? value);
}

/// <summary>A stored row.</summary>
/// <param name="Version">Its version, not 0.</param>
/// <param name="Value">What <see cref="EntityCodec{TState}"/> wrote.</param>
public sealed record EntityRow(long Version, ReadOnlyMemory<byte> Value);
