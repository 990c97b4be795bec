using System.Net;
using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Protocol;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Core.Tests.Workloads;

public sealed class AddressRulesTests
{
    private static readonly IPAddress Peer = IPAddress.Parse("198.51.100.7");

    private readonly AddressRules sut = new(
        new FakeOptionsSource(
            new OnboardingOptions
            {
                EndpointHosts = ["onboarding.example.com", "203.0.113.9"],
                TlsSecretName = "tls",
                Workloads = new() { TrustedAddresses = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")] },
            },
            "uid"),
        new Own());

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Weigh_AddressInATrustedNetwork_IsTrusted(string ip) => Weigh(ip).ShouldBe(new ClaimedAddress(ip, AddressType.Vpc, AddressBasis.Trusted));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0:0:0:0:0:ffff:7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("ff02::1")]
    [InlineData("203.0.113.1")]
    [InlineData("203.0.113.9")]
    public void Weigh_AddressThatNobodyMayHave_IsForbiddenWhateverTheConfigurationTrusts(string ip) =>
        Weigh(ip).Basis.ShouldBe(AddressBasis.Forbidden);

    [Theory]
    [InlineData("10.1.2")]
    [InlineData("1")]
    [InlineData("0x0a.1.2.3")]
    [InlineData("010.1.2.3")]
    [InlineData("10.1.2.3 ")]
    [InlineData("[2001:db8::1]")]
    [InlineData("10.1.2.3:80")]
    [InlineData("host.example.com")]
    [InlineData("")]
    public void Weigh_TextThatTwoReadersMayReadDifferently_IsForbidden(string ip) => Weigh(ip).Basis.ShouldBe(AddressBasis.Forbidden);

    [Fact]
    public void Weigh_AddressOfTheConnection_IsKnownThroughADualStackSocket() =>
        sut.Weigh([new HostAddress("198.51.100.7", AddressType.Vpc)], Peer.MapToIPv6())[0].Basis.ShouldBe(AddressBasis.Connection);

    [Fact]
    public void Weigh_IPv6InAnySpelling_IsCanonical() => Weigh("2001:DB8:0:0:0:0:0:1").Ip.ShouldBe("2001:db8::1");

    [Fact]
    public void Believe_WithoutACredentialsWord_TakesTrustedAndConnected() =>
        AddressRules.Believe(
            [
                new("10.0.0.1", AddressType.Vpc, AddressBasis.Claim),
                new("10.0.0.2", AddressType.Vpc, AddressBasis.Trusted),
                new("10.0.0.3", AddressType.Internet, AddressBasis.Connection),
                new("127.0.0.1", AddressType.Vpc, AddressBasis.Forbidden),
            ],
            []).ShouldBe([new("10.0.0.2", AddressType.Vpc), new("10.0.0.3", AddressType.Internet)]);

    [Fact]
    public void Believe_WithACredentialsWord_TakesNoOtherInTheVpc() =>
        AddressRules.Believe(
            [
                new("10.0.0.1", AddressType.Vpc, AddressBasis.Claim),
                new("10.0.0.2", AddressType.Vpc, AddressBasis.Trusted),
                new("10.0.0.3", AddressType.Internet, AddressBasis.Connection),
                new("127.0.0.1", AddressType.Vpc, AddressBasis.Forbidden),
            ],
            ["10.0.0.1", "127.0.0.1"]).ShouldBe([new("10.0.0.1", AddressType.Vpc), new("10.0.0.3", AddressType.Internet)]);

    private ClaimedAddress Weigh(string ip) => sut.Weigh([new HostAddress(ip, AddressType.Vpc)], Peer)[0];

    private sealed class Own : IEndpointAddresses
    {
        public bool Contains(IPAddress address) => address.ToString() == "203.0.113.1";
    }
}
