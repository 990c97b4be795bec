using System.Net;
using Onboarding.Agent.Hosts;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Hosts;

public sealed class BasicHostInformationTests
{
    [Fact]
    public async Task Get_SeveralInterfaces_DefaultRouteFirstAndIPv4BeforeIPv6()
    {
        var view = new View(["eth1"], ("eth0", "10.0.0.5"), ("eth1", "2001:db8::5 10.0.1.5"));

        (await GetAsync(view)).ShouldBe(["10.0.1.5", "2001:db8::5", "10.0.0.5"]);
    }

    [Fact]
    public async Task Get_AddressesThatReachNobody_AreLeftOut()
    {
        var view = new View([], ("lo", "127.0.0.1 ::1"), ("eth0", "169.254.1.1 fe80::1%2 0.0.0.0 224.0.0.1 255.255.255.255 ::ffff:10.0.0.1 ff02::1 10.0.0.5"));

        (await GetAsync(view)).ShouldBe(["10.0.0.5"]);
    }

    [Theory]
    [InlineData("docker0")]
    [InlineData("br-1a2b")]
    [InlineData("veth12")]
    [InlineData("cni0")]
    public async Task Get_InterfaceOfContainers_IsLeftOutUnlessIncluded(string name)
    {
        var view = new View([name], (name, "172.17.0.1"), ("eth0", "10.0.0.5"));

        (await GetAsync(view)).ShouldBe(["10.0.0.5"]);
        (await GetAsync(view, include: [$"^{name}$"])).ShouldBe(["172.17.0.1"]);
    }

    [Fact]
    public async Task Get_Patterns_AreUnanchoredAndExcludeWins()
    {
        var view = new View([], ("eth0", "10.0.0.5"), ("myeth1", "10.0.1.5"), ("wlan0", "10.0.2.5"));

        (await GetAsync(view, include: ["eth"], exclude: ["1$"])).ShouldBe(["10.0.0.5"]);
    }

    [Fact]
    public async Task Get_ManyAddresses_AreAtMostEight()
    {
        var view = new View([], ("eth0", string.Join(' ', Enumerable.Range(1, 20).Select(i => $"10.0.0.{i}"))));

        (await GetAsync(view)).Count.ShouldBe(8);
    }

    [Fact]
    public async Task Get_NoAddress_SaysWhatToCheck() =>
        (await Should.ThrowAsync<HostInformationException>(GetAsync(new View([], ("lo", "127.0.0.1"))))).Message.ShouldContain("networkInterfaces");

    [Theory]
    [InlineData("(")]
    [InlineData("(?=eth)")]
    [InlineData(@"(a)\1")]
    public void Filter_PatternThatRE2DoesNotHave_IsRefused(string pattern) =>
        Should.Throw<HostInformationException>(() => new InterfaceFilter([pattern], [])).Message.ShouldContain(pattern);

    private static async Task<IReadOnlyList<string>> GetAsync(View view, string[]? include = null, string[]? exclude = null)
    {
        var host = await new BasicHostInformation(view, new InterfaceFilter(include ?? [], exclude ?? [])).GetAsync(CancellationToken.None);
        host.Addresses.ShouldAllBe(address => address.Type == AddressType.Vpc);
        return [.. host.Addresses.Select(address => address.Ip)];
    }

    private sealed class View(string[] routes, params (string Name, string Addresses)[] interfaces) : INetworkView
    {
        public IReadOnlyList<LocalInterface> Interfaces() =>
            [.. interfaces.Select(item => new LocalInterface(item.Name, [.. item.Addresses.Split(' ').Select(IPAddress.Parse)]))];

        public IReadOnlyList<string> DefaultRoutes() => routes;
    }
}
