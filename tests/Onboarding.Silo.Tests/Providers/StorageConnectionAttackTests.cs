using Microsoft.Extensions.Configuration;
using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Providers;

namespace Onboarding.Silo.Tests.Providers;

/// <summary>Row 36 of the threats: the storage's port, from a silo that would use it without TLS or without credentials.</summary>
public abstract class StorageConnectionAttackTests(string provider)
{
    private protected StartException? Refused(string connection, string section = "Orleans:GrainStorage:Default")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{section}:ProviderType", provider), new($"{section}:ConnectionString", connection)])
            .Build();
        try
        {
            StorageConnections.RefuseOpen(configuration);
            return null;
        }
        catch (StartException refused)
        {
            return refused;
        }
    }

    protected void ShouldBeRefused(string connection, string[] needed, string[] notNeeded)
    {
        var refused = Refused(connection).ShouldNotBeNull();

        refused.ExitCode.ShouldBe(ExitCodes.Misconfigured);
        refused.Message.ShouldStartWith("Orleans:GrainStorage:Default:ConnectionString: ");
        needed.ShouldAllBe(word => refused.Message.Contains(word, StringComparison.Ordinal));
        notNeeded.ShouldAllBe(word => !refused.Message.Contains(word, StringComparison.Ordinal));
    }
}
