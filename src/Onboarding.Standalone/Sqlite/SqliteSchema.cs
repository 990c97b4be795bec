using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Onboarding.Standalone.Sqlite;

/// <summary>The database's tables, numbered by <c>user_version</c>: forward in one transaction, never back.</summary>
internal static class SqliteSchema
{
    // One script for each version, the first for 1. A script is never changed once it was released.
    private static readonly string[] Scripts =
    [
        """
        CREATE TABLE schema (version INTEGER NOT NULL, release TEXT NOT NULL);
        CREATE TABLE entities (
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          version INTEGER NOT NULL,
          value BLOB NOT NULL,
          PRIMARY KEY (kind, key));
        """,
    ];

    /// <summary>Brings the database to this release's version.</summary>
    /// <exception cref="StartException">It is of a later release.</exception>
    public static void Migrate(SqliteConnection connection, string release)
    {
        using var transaction = connection.BeginTransaction();
        var found = Convert.ToInt32(Scalar(connection, transaction, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (found > Scripts.Length)
        {
            var reader = Scalar(connection, transaction, "SELECT release FROM schema ORDER BY version DESC LIMIT 1");
            throw new StartException(
                $"{connection.DataSource}: the database has schema {found}, this release ({release}) reads up to {Scripts.Length}; run release {reader} or later, or restore a backup");
        }

        if (found == Scripts.Length)
        {
            return;
        }

        for (var version = found; version < Scripts.Length; version++)
        {
            Execute(connection, transaction, Scripts[version]);
        }

        Execute(connection, transaction, "INSERT INTO schema (version, release) VALUES ($version, $release)", ("$version", Scripts.Length), ("$release", release));
        Execute(connection, transaction, $"PRAGMA user_version = {Scripts.Length.ToString(CultureInfo.InvariantCulture)}");
        transaction.Commit();
    }

    private static object? Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
