namespace Onboarding.Silo.Tests.Providers;

public sealed class PostgreSqlConnectionAttackTests() : StorageConnectionAttackTests("AdoNet")
{
    [Theory]
    [InlineData("Host=db.example.com;Password=x")]
    [InlineData("Host=db.example.com;Password=x;SSL Mode=Disable")]
    [InlineData("Host=db.example.com;Password=x;SSL Mode=Prefer")]
    [InlineData("Host=db.example.com;Password=x;SSL Mode=Require")]
    [InlineData("Host=localhost,db.example.com;Password=x")]
    [InlineData("Host=192.0.2.1:5432;Password=x")]
    [InlineData("Host=[2001:db8::1]:5432;Password=x")]
    public void Attack_ServerThatAnybodyCouldBe_Refused(string connection) => ShouldBeRefused(connection, ["VerifyFull"], ["credentials"]);

    [Fact]
    public void Attack_NoCredentials_Refused() => ShouldBeRefused("Host=db.example.com;Username=onboarding;SSL Mode=VerifyFull", ["db.example.com", "Password"], ["TLS"]);

    [Fact]
    public void Attack_Neither_BothAreNamed() => ShouldBeRefused("Host=db.example.com", ["VerifyFull", "Password"], []);

    [Fact]
    public void Attack_MembershipTable_IsHeldToTheSame() =>
        Refused("Host=db.example.com", "Orleans:Clustering").ShouldNotBeNull().Message.ShouldStartWith("Orleans:Clustering:ConnectionString: ");

    [Fact]
    public void RefuseOpen_NoConnectionString_RefusedWithoutQuotingIt() =>
        Refused("password s3cret").ShouldNotBeNull().Message.ShouldNotContain("s3cret");

    [Theory]
    [InlineData("Host=db.example.com;Password=x;SSL Mode=VerifyFull")]
    [InlineData("Host=db.example.com;Passfile=/run/pgpass;SSL Mode=VerifyCA")]
    [InlineData("Host=db.example.com;SSL Certificate=/run/client.pfx;SSL Mode=VerifyFull")]
    [InlineData("Host=localhost")]
    [InlineData("Host=127.0.0.1:5433,127.0.0.2")]
    [InlineData("Host=::1")]
    [InlineData("Host=[::1]:5432")]
    [InlineData("Host=/var/run/postgresql")]
    public void RefuseOpen_ClosedToOthersOrOfThisMachine_Accepted(string connection) => Refused(connection).ShouldBeNull();
}
