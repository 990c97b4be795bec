using System.Net;
using System.Text;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Standalone.Tests;

public sealed class OnboardingTests : IAsyncLifetime, IDisposable
{
    private readonly TestPki pki = new();
    private TestIssuer issuer = null!;
    private StandaloneFiles files = null!;

    public async Task InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync(pki);
        files = new StandaloneFiles(pki, issuer.Issuer);
    }

    public async Task DisposeAsync() => await issuer.DisposeAsync();

    public void Dispose()
    {
        files.Dispose();
        pki.Dispose();
    }

    [Fact]
    public async Task Discovery_OfARunningEndpoint_SaysUidAndCredentials()
    {
        await using var sut = await RunningEndpoint.StartAsync(files, pki);

        var discovery = (await sut.Api.DiscoverAsync()).Required;

        discovery.Uid.ShouldBe(StandaloneFiles.Uid);
        discovery.Credentials.ShouldBe(["jwt"]);
    }

    [Fact]
    public async Task Discovery_ConfigurationHasNoUid_MadeOnceAndKept()
    {
        using var without = new StandaloneFiles(pki, issuer.Issuer, uid: null);

        var made = await DiscoverUidAsync(without);

        Guid.TryParse(made, out _).ShouldBeTrue();
        (await DiscoverUidAsync(without)).ShouldBe(made);
    }

    [Fact]
    public async Task Join_WithATokenOfTheIssuer_RegistersBeatsAndLeaves()
    {
        await using var sut = await RunningEndpoint.StartAsync(files, pki);
        using var agent = sut.NewAgent();

        (await agent.OpenAsync(Credential("vm-1"))).Status.ShouldBe(HttpStatusCode.Created);
        (await agent.RegisterAsync("10.1.2.3")).Required.Name.ShouldBe("ratings-jwt-test--vm-1");
        (await agent.HeartbeatAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.RenewAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.HeartbeatAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.LeaveAsync()).Status.ShouldBe(HttpStatusCode.OK);

        (await agent.HeartbeatAsync()).Problem!.Code.ShouldBe(ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task Session_EndpointRestarted_GoesOn()
    {
        SimulatedAgent before;
        await using (var first = await RunningEndpoint.StartAsync(files, pki))
        {
            before = first.NewAgent();
            (await before.OpenAsync(Credential("vm-1"))).Status.ShouldBe(HttpStatusCode.Created);
            (await before.RegisterAsync("10.1.2.3")).Status.ShouldBe(HttpStatusCode.OK);
        }

        await using var sut = await RunningEndpoint.StartAsync(files, pki);
        using var agent = before.At(sut.Api);

        (await agent.HeartbeatAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.RegisterAsync("10.1.2.3")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task InventedGroupsSessionsAndSubjects_NothingIsCreated()
    {
        await using var sut = await RunningEndpoint.StartAsync(files, pki);

        for (var number = 0; number < 20; number++)
        {
            using var agent = sut.NewAgent($"invented-{number}");
            (await agent.OpenAsync(Credential($"vm-{number}"))).Problem!.Code.ShouldBe(ProblemCodes.NotAuthorized);
            using var foreign = sut.NewAgent();
            (await foreign.OpenAsync(new JwtCredential(issuer.Mint($"vm-{number}", "https://another.example")))).Problem!.Code.ShouldBe(ProblemCodes.CredentialRejected);
        }

        files.CountRows().ShouldBe(0);
    }

    [Fact]
    public async Task SecretsInStateAndItsBackups_OnlyHashesAreThere()
    {
        var credential = Credential("vm-1");
        using var agent = await JoinAndStopAsync(credential);

        foreach (var file in Directory.EnumerateFiles(files.Data, "*", SearchOption.AllDirectories))
        {
            var contents = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            contents.ShouldNotContain(agent.InstanceId, Case.Sensitive, file);
            contents.ShouldNotContain(credential.Jwt.Split('.')[2], Case.Sensitive, file);
            contents.ShouldNotContain(agent.Token!.Split('.')[1], Case.Sensitive, file);
            contents.ShouldNotContain(agent.Token.Split('.')[2], Case.Sensitive, file);
        }
    }

    [Fact]
    public async Task CredentialRelayedByAnotherEndpointsOperator_Refused()
    {
        using var otherFiles = new StandaloneFiles(pki, issuer.Issuer, uid: "https://other.example");
        await using var victim = await RunningEndpoint.StartAsync(files, pki);
        await using var relay = await RunningEndpoint.StartAsync(otherFiles, pki);
        var shownToTheRelay = new JwtCredential(issuer.Mint("vm-1", "https://other.example"));
        using var honest = relay.NewAgent();
        (await honest.OpenAsync(shownToTheRelay)).Status.ShouldBe(HttpStatusCode.Created);

        using var attacker = victim.NewAgent();
        (await attacker.OpenAsync(shownToTheRelay)).Problem!.Code.ShouldBe(ProblemCodes.CredentialRejected);

        using var withItsToken = honest.At(victim.Api);
        (await withItsToken.HeartbeatAsync()).Problem!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    private JwtCredential Credential(string subject) => new(issuer.Mint(subject, StandaloneFiles.Uid));

    private async Task<string> DiscoverUidAsync(StandaloneFiles ofEndpoint)
    {
        await using var endpoint = await RunningEndpoint.StartAsync(ofEndpoint, pki);
        return (await endpoint.Api.DiscoverAsync()).Required.Uid;
    }

    private async Task<SimulatedAgent> JoinAndStopAsync(JwtCredential credential)
    {
        await using var endpoint = await RunningEndpoint.StartAsync(files, pki);
        var agent = endpoint.NewAgent();
        (await agent.OpenAsync(credential)).Status.ShouldBe(HttpStatusCode.Created);
        (await agent.RegisterAsync("10.1.2.3")).Status.ShouldBe(HttpStatusCode.OK);
        return agent;
    }
}
