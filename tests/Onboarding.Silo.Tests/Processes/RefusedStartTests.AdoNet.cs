using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Onboarding.Silo.Tests.Hosting;
using Onboarding.Silo.Tests.Servers;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Servers;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>A silo that cannot start says why in one line, and nothing else of it.</summary>
[Collection(nameof(KilledSilo))]
public sealed class RefusedStartTests : IDisposable
{
    private const string Password = "s3cret";

    private readonly TestPki pki = new();

    public void Dispose() => pki.Dispose();

    [PostgreSqlFact]
    public async Task Start_WrongPassword_SaysSo()
    {
        await using var server = await PostgreSqlServer.StartAsync(Password);

        await ShouldEndAsync(With(server, database => database.Password = "wr0ng"), "Orleans:Clustering: the database refuses: 28P01: password authentication failed for user \"onboarding\"");
    }

    [PostgreSqlFact]
    public async Task Start_NoSuchDatabase_SaysSo()
    {
        await using var server = await PostgreSqlServer.StartAsync(Password);

        await ShouldEndAsync(With(server, database => database.Database = "absent"), "Orleans:Clustering: the database refuses: 3D000: database \"absent\" does not exist");
    }

    [PostgreSqlFact]
    public async Task Start_NoTables_SaysHowToMakeThem()
    {
        await using var server = await PostgreSqlServer.StartAsync(Password);

        await ShouldEndAsync(server.ConnectionString, "Orleans:Clustering: the database has no tables yet (onboarding-silo storage init makes them)");
    }

    [PostgreSqlFact]
    public async Task Start_OnlyTheStorageRefuses_IsNamed()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var port = FreePorts.Take(1)[0];
        using var files = new SiloFiles(pki, "https://issuer.example.com", new
        {
            Clustering = new { ProviderType = "Development", PrimarySiloEndPoint = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") },
            GrainStorage = new { Default = new { ProviderType = "AdoNet", server.ConnectionString } },
        });
        using var silo = SiloProcess.Start(files, port);

        await silo.ShouldRefuseToStartAsync("Orleans:GrainStorage:Default: the database has no tables yet (onboarding-silo storage init makes them)");
    }

    [Fact]
    public async Task Start_NoServer_SaysSo()
    {
        var port = FreePorts.Take(1)[0];

        await ShouldEndAsync($"Host=127.0.0.1;Port={port};Username=onboarding;Password={Password}", $"Orleans:Clustering: the database cannot be reached: Failed to connect to 127.0.0.1:{port}");
    }

    [Theory]
    [InlineData(0, "127.0.0.1:{0}: address already in use. Choose others with --api-address, --packages-address and --operators-address.")]
    [InlineData(1, "127.0.0.1:{0}: address already in use. Choose others with --api-address, --packages-address and --operators-address.")]
    [InlineData(2, "127.0.0.1:{0}: address already in use. Choose others with --api-address, --packages-address and --operators-address.")]
    [InlineData(3, "silos cannot meet at 127.0.0.1:{0}: Address already in use. Choose another port with Orleans__Endpoints__SiloPort.")]
    public async Task Start_PortIsTaken_SaysWhich(int which, string reason)
    {
        var ports = FreePorts.Take(4);
        using var listener = new TcpListener(IPAddress.Loopback, ports[which]);
        listener.Start();
        using var files = new SiloFiles(pki, "https://issuer.example.com", RunningSilo.InMemory(ports[3]));
        using var silo = SiloProcess.Start(files, ports);

        await silo.ShouldRefuseToStartAsync(string.Format(CultureInfo.InvariantCulture, reason, ports[which]));
    }

    private static string With(PostgreSqlServer server, Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        change(connection);
        return connection.ConnectionString;
    }

    private async Task ShouldEndAsync(string connection, string reason)
    {
        var provider = new { ProviderType = "AdoNet", ConnectionString = connection };
        using var files = new SiloFiles(pki, "https://issuer.example.com", new { Clustering = provider, GrainStorage = new { Default = provider } });
        using var silo = SiloProcess.Start(files);

        await silo.ShouldRefuseToStartAsync(reason);
    }
}
