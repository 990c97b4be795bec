using System.Globalization;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>An agent that joins.</summary>
internal sealed record Member(SimulatedAgent Agent, JwtCredential Credential, string Address)
{
    private static readonly WorkloadGroupReference Ratings = new("bookinfo", "ratings");

    /// <summary>An agent with the credential and the address of a number.</summary>
    public static Member Create(ApiClient api, TestIssuerKey key, int number)
    {
        var token = TestToken.Mint(key, EndpointFiles.Issuer, number.ToString(CultureInfo.InvariantCulture), EndpointFiles.Uid, TimeProvider.System.GetUtcNow());
        return new Member(new SimulatedAgent(api, Ratings), new JwtCredential(token), string.Create(CultureInfo.InvariantCulture, $"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}"));
    }

    public async Task OpenAsync() => _ = (await Agent.OpenAsync(Credential)).Required;

    public async Task HeartbeatAsync() => _ = (await Agent.HeartbeatAsync()).Required;

    public async Task RenewAsync() => _ = (await Agent.RenewAsync()).Required;

    public async Task RegisterAsync() => _ = (await Agent.RegisterAsync(Address)).Required;

    public async Task LeaveAsync() => _ = (await Agent.LeaveAsync()).Required;

    /// <summary>Fetches the bundle as soon as there is one, and says that its sidecar is ready.</summary>
    public async Task StartAsync()
    {
        while ((await Agent.GetBootstrapAsync()).Value is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        await HeartbeatAsync();
    }
}
