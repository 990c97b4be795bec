using StackExchange.Redis;

namespace Onboarding.Silo.Storage;

internal static partial class StoragePreflight
{
    static partial void AskRedis(string provider, string connection, ref Task<string?>? asked)
    {
        if (provider == "Redis")
        {
            asked = AskRedisAsync(connection);
        }
    }

    private static async Task<string?> AskRedisAsync(string connection)
    {
        try
        {
            await using var database = await ConnectionMultiplexer.ConnectAsync(connection, settings => settings.AbortOnConnectFail = true);
            await database.GetDatabase().PingAsync();
            return null;
        }
        catch (RedisConnectionException refused) when (refused.FailureType == ConnectionFailureType.AuthenticationFailure)
        {
            return "Redis refuses the user and the password of the connection, or their absence";
        }
        catch (RedisException failure)
        {
            return $"Redis cannot be used: {failure.Message}";
        }
    }
}
