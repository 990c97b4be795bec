namespace Onboarding.Silo.Tests.Providers;

public sealed class RedisConnectionAttackTests() : StorageConnectionAttackTests("Redis")
{
    [Theory]
    [InlineData("redis.example.com:6379,password=x")]
    [InlineData("redis.example.com:6379,password=x,ssl=false")]
    [InlineData("127.0.0.1:6379,192.0.2.1:6379,password=x")]
    public void Attack_NoTls_Refused(string connection) => ShouldBeRefused(connection, ["ssl=true"], ["credentials"]);

    [Fact]
    public void Attack_NoCredentials_Refused() => ShouldBeRefused("redis.example.com:6380,ssl=true", ["redis.example.com", "password"], ["TLS"]);

    [Theory]
    [InlineData("redis.example.com:6380,ssl=true,user=onboarding,password=x")]
    [InlineData("localhost:6379")]
    [InlineData("127.0.0.1:6379")]
    [InlineData("[::1]:6379")]
    public void RefuseOpen_ClosedToOthersOrOfThisMachine_Accepted(string connection) => Refused(connection).ShouldBeNull();
}
