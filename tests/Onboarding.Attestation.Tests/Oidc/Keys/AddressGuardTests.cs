using System.Net;
using Onboarding.Attestation.Oidc.Keys;

namespace Onboarding.Attestation.Tests.Oidc.Keys;

public class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    public async Task NameThatResolvesToThisMachineOrALocalLink(string address)
    {
        var sut = new AddressGuard([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.1"), IPAddress.Parse(address)]));

        (await Should.ThrowAsync<KeySetException>(() => sut.ResolveAsync("issuer.example", CancellationToken.None)))
            .Message.ShouldStartWith($"issuer.example is at {IPAddress.Parse(address)}: ");
        await Should.ThrowAsync<KeySetException>(() => sut.ResolveAsync(address, CancellationToken.None));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("2001:db8::1")]
    [InlineData("fd00::1")]
    public async Task ResolveAsync_AnOrdinaryOrPrivateAddress_IsConnectedTo(string address)
    {
        var sut = new AddressGuard([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));

        (await sut.ResolveAsync("issuer.example", CancellationToken.None)).ShouldBe([IPAddress.Parse(address)]);
    }

    [Fact]
    public async Task ResolveAsync_AnAddressThatTheConfigurationSpellsOut_IsConnectedTo()
    {
        var sut = new AddressGuard([IPAddress.Loopback], (_, _) => throw new InvalidOperationException("not asked"));

        (await sut.ResolveAsync("127.0.0.1", CancellationToken.None)).ShouldBe([IPAddress.Loopback]);
        await Should.ThrowAsync<KeySetException>(() => sut.ResolveAsync("127.0.0.2", CancellationToken.None));
    }
}
