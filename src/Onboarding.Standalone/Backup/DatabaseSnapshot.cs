using Microsoft.Data.Sqlite;
using Onboarding.Core.Sessions;

namespace Onboarding.Standalone.Backup;

/// <summary>A consistent copy of the database, made while it is written to (SQLite's online backup), without its sessions.</summary>
internal static class DatabaseSnapshot
{
    /// <summary>Writes the copy to a file that is there and empty.</summary>
    /// <exception cref="IOException">It could not be made.</exception>
    public static void Take(string database, string copy)
    {
        try
        {
            using var source = Open(database, SqliteOpenMode.ReadOnly);
            using var destination = Open(copy, SqliteOpenMode.ReadWrite);
            source.BackupDatabase(destination);
            Execute(destination, "PRAGMA journal_mode = DELETE");
            Execute(destination, "DELETE FROM entities WHERE kind = $kind", ("$kind", Session.Codec.Kind));
            Execute(destination, "VACUUM");
        }
        catch (SqliteException failure)
        {
            throw new IOException($"the database could not be copied: {failure.Message}", failure);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
