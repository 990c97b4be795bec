using Onboarding.Silo.Tests.Servers;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>Row 36 of the threats: the storage's port, from a silo without its credentials.</summary>
[Collection(nameof(KilledSilo))]
public sealed class RedisAttackTests
{
    [RedisFact]
    public async Task Attack_NoPassword_RedisRefusesAndTheSiloSaysSo()
    {
        await using var server = await RedisServer.StartAsync(password: "s3cret");
        using var pki = new TestPki();
        var provider = new { ProviderType = "Redis", server.ConnectionString };
        using var files = new SiloFiles(pki, "https://issuer.example.com", new { Clustering = provider, GrainStorage = new { Default = provider } });
        using var silo = SiloProcess.Start(files);

        await silo.ShouldRefuseToStartAsync("Orleans:Clustering: Redis refuses the user and the password");
    }
}
