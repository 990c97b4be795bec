using System.Net;
using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Protocol;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Core.Tests.Workloads;

public sealed class AddressRulesTests
{
    private static readonly IPAddress Peer = IPAddress.Parse("198.51.100.7");

    private readonly FakeOptionsSource options = new(
        new OnboardingOptions
        {
            EndpointHosts = ["onboarding.example.com", "203.0.113.9"],
            TlsSecretName = "tls",
            Workloads = new() { TrustedAddresses = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")] },
        },
        "uid");

    private readonly AddressRules sut;

    public AddressRulesTests() => sut = new AddressRules(options, new Own());

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Believe_AddressInATrustedNetwork_IsTrusted(string ip) => Believe(ip).ShouldBe(new BelievedAddress(ip, AddressType.Vpc, AddressBasis.Trusted));

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
    public void Believe_AddressThatNobodyMayHave_IsRefusedWhateverTheConfigurationTrusts(string ip) =>
        Believe(ip).ShouldBeNull();

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
    public void Believe_TextThatTwoReadersMayReadDifferently_IsRefused(string ip) => Believe(ip).ShouldBeNull();

    [Fact]
    public void Believe_AddressOfTheConnection_IsKnownThroughADualStackSocket() =>
        sut.Believe([new HostAddress("198.51.100.7", AddressType.Vpc)], Peer.MapToIPv6(), [])[0].Basis.ShouldBe(AddressBasis.Connection);

    [Fact]
    public void Believe_IPv6InAnySpelling_IsCanonical() => Believe("2001:DB8:0:0:0:0:0:1")!.Ip.ShouldBe("2001:db8::1");

    [Fact]
    public void Believe_NothingSpeaksForIt_IsLeftOut()
    {
        options.Change(workloads => workloads with { TrustedAddresses = [IPNetwork.Parse("10.2.0.0/16")] });

        sut.Believe([new("10.1.0.1", AddressType.Vpc), new("10.2.0.1", AddressType.Internet), new("198.51.100.7", AddressType.Vpc)], Peer, []).ShouldBe(
            [new("10.2.0.1", AddressType.Internet, AddressBasis.Trusted), new("198.51.100.7", AddressType.Vpc, AddressBasis.Connection)]);
    }

    [Fact]
    public void Believe_WithACredentialsWord_TakesNoOtherInTheVpc() =>
        sut.Believe(
            [new("10.0.0.1", AddressType.Vpc), new("198.51.100.7", AddressType.Vpc), new("10.0.0.3", AddressType.Internet), new("127.0.0.1", AddressType.Vpc)],
            Peer,
            ["10.0.0.1", "127.0.0.1"]).ShouldBe(
            [new("10.0.0.1", AddressType.Vpc, AddressBasis.Credential), new("10.0.0.3", AddressType.Internet, AddressBasis.Trusted)]);

    private BelievedAddress? Believe(string ip) => sut.Believe([new HostAddress(ip, AddressType.Vpc)], Peer, []).SingleOrDefault();

    private sealed class Own : IEndpointAddresses
    {
        public bool Contains(IPAddress address) => address.ToString() == "203.0.113.1";
    }
}
