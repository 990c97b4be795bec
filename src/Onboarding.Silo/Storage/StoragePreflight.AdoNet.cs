using Npgsql;

namespace Onboarding.Silo.Storage;

internal static partial class StoragePreflight
{
    static partial void AskPostgreSql(string provider, string connection, CancellationToken cancellationToken, ref Task<string?>? asked)
    {
        if (provider == "AdoNet")
        {
            asked = AskPostgreSqlAsync(connection, cancellationToken);
        }
    }

    private static async Task<string?> AskPostgreSqlAsync(string connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(connection);
            await using var command = database.CreateCommand("SELECT count(*) FROM OrleansQuery, onboarding_silo, onboarding_entity WHERE false");
            await command.ExecuteScalarAsync(cancellationToken);
            return null;
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return "the database has no tables yet (onboarding-silo storage init makes them)";
        }
        catch (PostgresException refused)
        {
            return $"the database refuses: {refused.SqlState}: {refused.MessageText}";
        }
        catch (NpgsqlException failure)
        {
            return $"the database cannot be reached: {failure.Message}";
        }
    }
}
