using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Onboarding.Client;
using Onboarding.Core.Operators;
using Onboarding.Endpoint.Hosting;
using Onboarding.Protocol;
using Onboarding.Silo.Commands;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Hosting;

public sealed class SiloHostTests : IDisposable
{
    private readonly TestPki pki = new();
    private readonly int siloPort = FreePorts.Take(1)[0];

    public void Dispose() => pki.Dispose();

    [Fact]
    public async Task Start_ClusterOfOne_AnAgentJoinsStaysAndLeaves()
    {
        await using var issuer = await TestIssuer.StartAsync(pki, algorithm: "ES256");
        using var files = new SiloFiles(pki, issuer.Issuer, RunningSilo.InMemory(siloPort));
        await using var silo = await RunningSilo.StartAsync(pki, files, siloPort);
        using var agent = new SimulatedAgent(silo.Api, new WorkloadGroupReference("bookinfo", "ratings"));

        _ = (await agent.OpenAsync(new JwtCredential(issuer.Mint("vm-1", SiloFiles.Uid)))).Required;
        var registered = (await agent.RegisterAsync("10.0.0.1")).Required;
        _ = (await agent.RenewAsync()).Required;
        (await agent.HeartbeatAsync()).Status.ShouldBe(HttpStatusCode.OK);
        _ = (await agent.GetBootstrapAsync()).Required;

        files.Written().ShouldBe([registered.Name]);
        _ = (await agent.LeaveAsync()).Required;
        (await agent.HeartbeatAsync()).Problem!.Code.ShouldBe(ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task Silos_ClusterOfOne_SaysWhatItCarriesAndWhomItServes()
    {
        await using var issuer = await TestIssuer.StartAsync(pki, algorithm: "ES256");
        using var files = new SiloFiles(pki, issuer.Issuer, RunningSilo.InMemory(siloPort));
        await using var silo = await RunningSilo.StartAsync(pki, files, siloPort);
        using var agent = new SimulatedAgent(silo.Api, new WorkloadGroupReference("bookinfo", "ratings"));
        _ = (await agent.OpenAsync(new JwtCredential(issuer.Mint("vm-1", SiloFiles.Uid)))).Required;
        _ = (await agent.RegisterAsync("10.0.0.1")).Required;
        _ = (await agent.HeartbeatAsync()).Required;

        var report = (await silo.Operators.GetFromJsonAsync<ClusterReport>(ClusterReport.Path))!;

        report.Edition.ShouldBe(ClusterReport.SiloEdition);
        var member = report.Silos.ShouldHaveSingleItem();
        (member.Address, member.Status, member.Agents, member.Problem).ShouldBe(($"127.0.0.1:{siloPort}", "Active", 1, null));
        member.Activations["workload"].ShouldBe(1);
        member.Activations["session"].ShouldBe(1);
        member.Activations["address"].ShouldBe(1);

        _ = (await agent.LeaveAsync()).Required;
        (await silo.Operators.GetFromJsonAsync<ClusterReport>(ClusterReport.Path))!.Silos[0].Agents.ShouldBe(0);
    }

    [Fact]
    public async Task AdminSocket_ClusterOfOne_ListsAndSuspendsWhoHasJoined()
    {
        await using var issuer = await TestIssuer.StartAsync(pki, algorithm: "ES256");
        using var files = new SiloFiles(pki, issuer.Issuer, RunningSilo.InMemory(siloPort));
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var socket = Path.Combine(directory.Path, "admin.sock");
        await using var silo = await RunningSilo.StartAsync(pki, files, siloPort, socket);
        using var agent = new SimulatedAgent(silo.Api, new WorkloadGroupReference("bookinfo", "ratings"));
        _ = (await agent.OpenAsync(new JwtCredential(issuer.Mint("vm-1", SiloFiles.Uid)))).Required;
        var name = (await agent.RegisterAsync("10.0.0.1")).Required.Name;
        _ = (await agent.GetBootstrapAsync()).Required;
        using var admin = ClientOf(socket);

        var listed = await admin.GetFromJsonAsync<JsonObject>(new Uri("/v1/workloads", UriKind.Relative));
        using var suspended = await admin.PutAsJsonAsync(new Uri($"/v1/workloads/bookinfo/{name}/suspension", UriKind.Relative), new { reason = "looked into" });

        ((string?)listed!["items"]![0]!["name"]).ShouldBe(name);
        suspended.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await agent.HeartbeatAsync()).Problem!.Code.ShouldBe(ProblemCodes.NotAuthorized);
    }

    [Fact]
    public async Task Ready_MemberOfTheCluster_200()
    {
        using var files = new SiloFiles(pki, "https://issuer.example.com", RunningSilo.InMemory(siloPort));
        await using var silo = await RunningSilo.StartAsync(pki, files, siloPort);

        (await silo.Operators.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("""{"status":"ready","problems":{}}""");
    }

    [Fact]
    public Task Build_BeyondLoopbackWithoutCertificates_Refused() =>
        ShouldBeRefusedAsync(RunningSilo.InMemory(siloPort, "192.0.2.1"), settings => settings, "--silo-tls");

    [Fact]
    public Task Build_NoClustering_RefusedAndNamed() =>
        ShouldBeRefusedAsync(new { GrainStorage = new { Default = new { ProviderType = "Memory" } } }, settings => settings, "Orleans__Clustering__ProviderType");

    [Fact]
    public Task Build_NoStorage_RefusedAndNamed() =>
        ShouldBeRefusedAsync(new { Clustering = new { ProviderType = "Development" } }, settings => settings, "Orleans__GrainStorage__Default__ProviderType");

    [Fact]
    public Task Build_NoSigningKeys_RefusedAndNamed() =>
        ShouldBeRefusedAsync(RunningSilo.InMemory(siloPort), settings => settings with { Keys = settings.Config + ".missing" }, ".missing: the signing keys cannot be used");

    [Fact]
    public Task Build_DamagedSigningKeys_Refused() =>
        ShouldBeRefusedAsync(RunningSilo.InMemory(siloPort), settings => settings with { Keys = settings.Config }, "the key set is not valid");

    [Fact]
    public Task Build_NoCertificateOfTheSilos_Refused() =>
        ShouldBeRefusedAsync(RunningSilo.InMemory(siloPort), settings => settings with { SiloTls = settings.Manifests }, "the silos' certificate cannot be used");

    [Fact]
    public async Task Build_NoUid_RefusedSinceSilosShareIt()
    {
        using var files = new SiloFiles(pki, "https://issuer.example.com", RunningSilo.InMemory(siloPort));
        await File.WriteAllTextAsync(files.Config, (await File.ReadAllTextAsync(files.Config)).Replace("uid: " + SiloFiles.Uid, "", StringComparison.Ordinal));

        var refused = await Should.ThrowAsync<StartException>(() => RunningSilo.BuildAsync(files, settings => settings, out _));

        refused.Message.ShouldContain("spec.meshExpansion.onboarding.uid");
    }

    private static HttpClient ClientOf(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
    };

    private async Task ShouldBeRefusedAsync(object orleans, Func<SiloSettings, SiloSettings> change, string message)
    {
        using var files = new SiloFiles(pki, "https://issuer.example.com", orleans);

        var refused = await Should.ThrowAsync<StartException>(() => RunningSilo.BuildAsync(files, change, out _));

        refused.Message.ShouldContain(message);
        refused.ExitCode.ShouldBe(ExitCodes.Misconfigured);
    }
}
