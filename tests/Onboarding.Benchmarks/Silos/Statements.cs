using System.Globalization;
using Onboarding.TestKit.Servers;

namespace Onboarding.Benchmarks.Silos;

/// <summary>Statements that silos ran in PostgreSQL, each a round trip and a transaction of its own.</summary>
/// <param name="Reads">Rows of entities that were looked up.</param>
/// <param name="Writes">Rows of entities that were written.</param>
/// <param name="Deletes">Rows of entities that were deleted.</param>
/// <param name="Membership">Statements on the members of the cluster.</param>
/// <param name="WalBytes">What all of them wrote to the write-ahead log.</param>
internal sealed record Statements(long Reads, long Writes, long Deletes, long Membership, long WalBytes)
{
    private const string Count = """
        SELECT coalesce(sum(calls) FILTER (WHERE query ILIKE 'SELECT payload%'), 0),
            coalesce(sum(calls) FILTER (WHERE query ILIKE '%INSERT INTO onboarding_entity%'), 0),
            coalesce(sum(calls) FILTER (WHERE query ILIKE '%DELETE FROM onboarding_entity%'), 0),
            coalesce(sum(calls) FILTER (WHERE query ILIKE '%onboarding_cluster%' OR query ILIKE '%onboarding_silo%'), 0),
            coalesce(sum(wal_bytes), 0)
        FROM pg_stat_statements
        """;

    /// <summary>None.</summary>
    public static Statements None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All since the server started.</summary>
    public static async Task<Statements> ReadAsync(PostgreSqlServer database)
    {
        var row = (await database.ReadAsync(Count)).Single().Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Statements(row[0], row[1], row[2], row[3], row[4]);
    }

    public static Statements operator -(Statements left, Statements right) => new(
        left.Reads - right.Reads, left.Writes - right.Writes, left.Deletes - right.Deletes, left.Membership - right.Membership, left.WalBytes - right.WalBytes);
}
