using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Tests.Servers;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Servers;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>Row 36 of the threats: the storage's port, from somebody without its credentials.</summary>
[Collection(nameof(KilledSilo))]
public sealed class StorageAttackTests
{
    [PostgreSqlFact]
    public async Task Attack_NoPassword_TheDatabaseRefusesAndIsNotPrepared()
    {
        await using var server = await PostgreSqlServer.StartAsync(password: "s3cret");
        using var pki = new TestPki();
        var without = server.ConnectionString.Replace("s3cret", "", StringComparison.Ordinal);
        using var files = new SiloFiles(pki, "https://issuer.example.com", new { GrainStorage = new { Default = new { ProviderType = "AdoNet", ConnectionString = without } } });

        var (exitCode, errors) = await SiloProcess.RunAsync("storage", "init", "--settings", files.Root);

        exitCode.ShouldBe(ExitCodes.Failed);
        errors.ShouldContain("the database could not be prepared: ");
        errors.ShouldNotContain("s3cret");
        (await server.ReadNumberAsync("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'onboarding%'")).ShouldBe(0);
    }
}
