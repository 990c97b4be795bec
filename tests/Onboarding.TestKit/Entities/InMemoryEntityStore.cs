using System.Collections.Concurrent;
using Onboarding.Core.Entities.Local;

namespace Onboarding.TestKit.Entities;

/// <summary>Rows in memory. They outlive hosts, so that a test can stop one and start another.</summary>
public sealed class InMemoryEntityStore : IEntityStore
{
    private readonly ConcurrentDictionary<(string Kind, string Key), EntityRow> rows = new();
    private readonly Lock gate = new();
    private long lastVersion;

    /// <summary>All rows, as they are stored.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Rows => [.. rows.Values.Select(row => row.Value)];

    /// <inheritdoc/>
    public ValueTask<EntityRow?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(rows.GetValueOrDefault((kind, key)));

    /// <inheritdoc/>
    public ValueTask<long> WriteAsync(string kind, string key, long version, byte[]? value)
    {
        lock (gate)
        {
            if ((rows.GetValueOrDefault((kind, key))?.Version ?? 0) != version)
            {
                throw new EntityConflictException($"{kind} {key}");
            }

            if (value is null)
            {
                rows.TryRemove((kind, key), out _);
                return ValueTask.FromResult(0L);
            }

            rows[(kind, key)] = new EntityRow(++lastVersion, value);
            return ValueTask.FromResult(lastVersion);
        }
    }
}
