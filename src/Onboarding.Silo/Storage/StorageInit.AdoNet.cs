using Npgsql;

namespace Onboarding.Silo.Storage;

internal static partial class StorageInit
{
    private const string Script = "Onboarding.Silo.Storage.postgresql.sql";

    static partial void PreparePostgreSql(string connection, CancellationToken cancellationToken, ref Task? prepared) =>
        prepared = PreparePostgreSqlAsync(connection, cancellationToken);

    private static async Task PreparePostgreSqlAsync(string connection, CancellationToken cancellationToken)
    {
        using var script = new StreamReader(typeof(StorageInit).Assembly.GetManifestResourceStream(Script)!);
        try
        {
            await using var database = NpgsqlDataSource.Create(connection);
            await using var command = database.CreateCommand(await script.ReadToEndAsync(cancellationToken));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or ArgumentException)
        {
            throw new StartException($"the database could not be prepared: {failure.Message}", failure);
        }
    }
}
