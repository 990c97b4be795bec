using System.Globalization;
using Npgsql;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Servers;

namespace Onboarding.Silo.Tests.Partitions;

/// <summary>A silo of a <see cref="RunningCluster"/> that others reach over one line, and that reaches the membership table over another. The rows of entities it reaches without.</summary>
internal sealed class ConnectedSilo : IAsyncDisposable
{
    private readonly Line peers;
    private readonly Line membership;

    private ConnectedSilo(SiloProcess process, Line peers, Line membership)
    {
        Process = process;
        this.peers = peers;
        this.membership = membership;
    }

    public SiloProcess Process { get; }

    /// <summary>Starts one.</summary>
    public static ConnectedSilo Start(SiloFiles files, PostgreSqlServer server)
    {
        var port = FreePorts.Take(1)[0];
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var (peers, membership) = (new Line(port), new Line(database.Port));
        database.Port = membership.Port;
        return new ConnectedSilo(
            SiloProcess.Start(
                files,
                peers.Port,
                ("Orleans__Endpoints__SiloListeningEndpoint", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")),
                ("Orleans__Clustering__ConnectionString", database.ConnectionString)),
            peers,
            membership);
    }

    /// <summary>Cuts the lines between it and others, both ways.</summary>
    public void CutFrom(IEnumerable<ConnectedSilo> others)
    {
        peers.CutFor(null);
        foreach (var other in others)
        {
            other.peers.CutFor(Process.Id);
        }
    }

    /// <summary>Cuts the line between it and the membership table.</summary>
    public void CutFromMembership() => membership.CutFor(null);

    /// <summary>All its lines are whole again.</summary>
    public void Heal()
    {
        peers.Heal();
        membership.Heal();
    }

    public async ValueTask DisposeAsync()
    {
        await peers.DisposeAsync();
        await membership.DisposeAsync();
    }
}
