using System.Net;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Issuers;

namespace Onboarding.SimulatedAws.Demo;

/// <summary>The AWS of the demo: one region, one instance, one task. Its metadata services are at AWS's own addresses, its STS on a free port of loopback.</summary>
internal sealed class AwsDemoCloud : IAsyncDisposable
{
    private const int HttpPort = 80;
    private static readonly IPAddress Imds4 = IPAddress.Parse("169.254.169.254");
    private static readonly IPAddress Imds6 = IPAddress.Parse("fd00:ec2::254");
    private static readonly IPAddress EcsAddress = IPAddress.Parse("169.254.170.2");

    private readonly TestPki pki = new();
    private readonly RegionSigner signer = new();
    private readonly List<SimulatedServer> servers = [];

    /// <summary>What answers for STS, and counts.</summary>
    public SimulatedSts? Sts { get; private set; }

    /// <summary>Where the regional STS listens.</summary>
    public Uri StsAddress => servers[^1].Address;

    /// <summary>Starts it.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="task">The task.</param>
    /// <param name="overIpv6">Whether the instance's metadata service is at its IPv6 address, instead of the other.</param>
    public async Task StartAsync(SimulatedInstance instance, SimulatedTask task, bool overIpv6)
    {
        var iam = new SimulatedIam();
        Sts = new SimulatedSts(iam);
        servers.Add(await SimulatedServer.StartAsync(new SimulatedImds(instance, iam, signer), new IPEndPoint(overIpv6 ? Imds6 : Imds4, HttpPort)));
        servers.Add(await SimulatedServer.StartAsync(new SimulatedEcs(task, iam), new IPEndPoint(EcsAddress, HttpPort)));
        servers.Add(await SimulatedServer.StartAsync(Sts, pki));
    }

    /// <summary>Writes what the control plane trusts: the region's certificate, and the authority of STS' TLS certificates.</summary>
    public void WriteTrust(string trustBundle, string region, string authority)
    {
        Directory.CreateDirectory(trustBundle);
        File.WriteAllText(Path.Combine(trustBundle, $"{region}.pem"), signer.Pem);
        pki.WriteAuthority(authority);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        signer.Dispose();
        pki.Dispose();
    }
}
