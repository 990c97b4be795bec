using System.Net;
using System.Text;
using Onboarding.Core.Configuration;
using Onboarding.Endpoint.Tests.Fakes;

namespace Onboarding.Endpoint.Tests.Listeners;

public sealed class ClientAddressTests
{
    private const string Register = "PUT /v1/registration HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.b.c\r\nContent-Type: application/json\r\n";

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1, 198.51.100.7, 127.0.0.9", "198.51.100.7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("nonsense", "127.0.0.1")]
    [InlineData("10.0.0.1, nonsense", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task XForwardedFor_TrustedProxy_IsReadFromItsEnd(string header, string expected)
    {
        await using var endpoint = await StartAsync(ClientAddressSource.XForwardedFor, "127.0.0.0/8");

        (await PeerAsync(endpoint, before: null, $"X-Forwarded-For: {header}\r\n")).ShouldBe(IPAddress.Parse(expected));
    }

    [Fact]
    public async Task Attacker_SendsXForwardedForItself_IsNotBelieved()
    {
        await using var endpoint = await StartAsync(ClientAddressSource.XForwardedFor, "203.0.113.0/24");

        (await PeerAsync(endpoint, before: null, "X-Forwarded-For: 198.51.100.7\r\n")).ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task Attacker_SendsXForwardedForThroughAConnectionListener_IsNotBelieved()
    {
        await using var endpoint = await StartAsync(ClientAddressSource.Connection, "127.0.0.0/8");

        (await PeerAsync(endpoint, before: null, "X-Forwarded-For: 198.51.100.7\r\n")).ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task ProxyProtocol_TextHeader_NamesTheClient()
    {
        await using var endpoint = await StartAsync(ClientAddressSource.ProxyProtocol, "127.0.0.0/8");

        (await PeerAsync(endpoint, Encoding.ASCII.GetBytes("PROXY TCP4 198.51.100.7 192.0.2.1 5555 15443\r\n"), "")).ShouldBe(IPAddress.Parse("198.51.100.7"));
    }

    [Fact]
    public async Task ProxyProtocol_XForwardedForBesides_IsNotRead()
    {
        await using var endpoint = await StartAsync(ClientAddressSource.ProxyProtocol, "127.0.0.0/8");

        (await PeerAsync(endpoint, Encoding.ASCII.GetBytes("PROXY UNKNOWN\r\n"), "X-Forwarded-For: 198.51.100.7\r\n")).ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task ProxyProtocol_TrustedProxyWithoutHeader_IsCutOffAndTheOperatorIsTold()
    {
        await using var endpoint = await StartAsync(ClientAddressSource.ProxyProtocol, "127.0.0.0/8");

        await Should.ThrowAsync<Exception>(async () => await endpoint.ConnectAsync());
        endpoint.Logs.Lines.ShouldContain(line => line.Text.Contains("PROXY protocol header", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attacker_SendsAProxyHeaderItself_IsNotBelieved()
    {
        await using var endpoint = await StartAsync(ClientAddressSource.ProxyProtocol, "203.0.113.0/24");

        await Should.ThrowAsync<Exception>(async () => await endpoint.ConnectAsync(Encoding.ASCII.GetBytes("PROXY TCP4 198.51.100.7 192.0.2.1 5555 15443\r\n")));
        (await PeerAsync(endpoint, before: null, "")).ShouldBe(IPAddress.Loopback);
    }

    private static Task<EndpointHarness> StartAsync(ClientAddressSource from, string trusted) =>
        EndpointHarness.StartAsync(options: FakeOptionsSource.Default with
        {
            ClientAddress = new ClientAddressOptions { From = from, TrustedProxies = [IPNetwork.Parse(trusted)] },
        });

    private static async Task<IPAddress> PeerAsync(EndpointHarness endpoint, byte[]? before, string header)
    {
        await using var connection = await endpoint.ConnectAsync(before);
        var response = await connection.AskAsync($"{Register}{header}DPoP: d.e.f\r\nContent-Length: {Requests.Registration.Length}\r\n\r\n{Requests.Registration}");
        response.ShouldStartWith("HTTP/1.1 200");
        return endpoint.Workloads.Registrations.Last().Peer;
    }
}
