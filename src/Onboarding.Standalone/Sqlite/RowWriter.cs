using Microsoft.Data.Sqlite;

namespace Onboarding.Standalone.Sqlite;

/// <summary>The three prepared statements that change rows.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand update;
    private readonly SqliteCommand delete;

    public RowWriter(SqliteConnection connection)
    {
        this.connection = connection;
        insert = Prepare("INSERT INTO entities (kind, key, version, value) VALUES ($kind, $key, $next, $value) ON CONFLICT DO NOTHING");
        update = Prepare("UPDATE entities SET version = $next, value = $value WHERE kind = $kind AND key = $key AND version = $version");
        delete = Prepare("DELETE FROM entities WHERE kind = $kind AND key = $key AND version = $version");
    }

    /// <summary>Changes one row within a transaction.</summary>
    /// <returns>The new version, 0 after a deletion; null: another version is there.</returns>
    public long? Write(SqliteTransaction transaction, PendingWrite write)
    {
        var command = write.Value is null ? delete : write.Version == 0 ? insert : update;
        // Chance rather than a counter: a row that was deleted and made anew never has a version it had before.
        var next = write.Value is null ? 0 : Random.Shared.NextInt64(1, long.MaxValue);
        command.Transaction = transaction;
        command.Parameters[0].Value = write.Kind;
        command.Parameters[1].Value = write.Key;
        command.Parameters[2].Value = write.Version;
        command.Parameters[3].Value = next;
        command.Parameters[4].Value = (object?)write.Value ?? DBNull.Value;
        return command.ExecuteNonQuery() == 1 ? next : null;
    }

    public void Dispose()
    {
        insert.Dispose();
        update.Dispose();
        delete.Dispose();
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add("$kind", SqliteType.Text);
        command.Parameters.Add("$key", SqliteType.Text);
        command.Parameters.Add("$version", SqliteType.Integer);
        command.Parameters.Add("$next", SqliteType.Integer);
        command.Parameters.Add("$value", SqliteType.Blob);
        command.Prepare();
        return command;
    }
}
