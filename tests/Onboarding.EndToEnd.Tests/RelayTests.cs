using System.Net;
using System.Text.Json;
using Onboarding.EndToEnd.Tests.Support;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;
using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests;

/// <summary>Row 23 of the threats: the operator of one endpoint shows another what an agent gave him. Two real endpoints trust the same issuer.</summary>
public sealed class RelayTests : IAsyncLifetime, IDisposable
{
    private TestPki pki = null!;
    private TestIssuer issuer = null!;
    private Site ours = null!;
    private Site theirs = null!;
    private EndpointProcess victim = null!;
    private EndpointProcess relay = null!;

    public async Task InitializeAsync()
    {
        pki = new TestPki();
        issuer = await TestIssuer.StartAsync(pki);
        ours = new Site(pki, issuer, "https://onboarding.victim.example");
        theirs = new Site(pki, issuer, "https://onboarding.relay.example");
        victim = await EndpointProcess.StartAsync(ours, pki);
        relay = await EndpointProcess.StartAsync(theirs, pki);
    }

    public async Task DisposeAsync()
    {
        await relay.DisposeAsync();
        await victim.DisposeAsync();
        await issuer.DisposeAsync();
    }

    public void Dispose()
    {
        theirs.Dispose();
        ours.Dispose();
        pki.Dispose();
    }

    [Fact]
    public async Task CredentialMadeForOneEndpointShownToAnother()
    {
        using var agent = new SessionKeyPair();
        using var operatorsOwn = new SessionKeyPair();
        var jwt = issuer.Mint("vm007", (await relay.DiscoverAsync()).Uid);

        (await relay.OpenSessionAsync(jwt, agent)).Status.ShouldBe(HttpStatusCode.Created);
        foreach (var key in new[] { agent, operatorsOwn })
        {
            var (status, body) = await victim.OpenSessionAsync(jwt, key);
            status.ShouldBe(HttpStatusCode.Unauthorized);
            Problem(body).Code.ShouldBe(ProblemCodes.CredentialRejected);
            body.ShouldNotContain("aud", Case.Insensitive);
        }

        (await victim.OpenSessionAsync(issuer.Mint("vm007", ours.Uid), agent)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task OnboardingTokenOfOneEndpointShownToAnother()
    {
        using var agent = new SessionKeyPair();
        var (status, body) = await relay.OpenSessionAsync(issuer.Mint("vm007", theirs.Uid), agent);
        status.ShouldBe(HttpStatusCode.Created, body);
        var token = JsonSerializer.Deserialize(body, ProtocolJson.Default.SessionResponse)!.Token;

        var asToken = await victim.CallAsync(HttpMethod.Post, "/v1/sessions/renew", token, agent);
        var asCredential = await victim.OpenSessionAsync(token, agent);

        Problem(asToken.Body).Code.ShouldBe(ProblemCodes.TokenInvalid);
        Problem(asCredential.Body).Code.ShouldBe(ProblemCodes.CredentialRejected);
        (await relay.CallAsync(HttpMethod.Post, "/v1/sessions/renew", token, agent)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Problem Problem(string body) => JsonSerializer.Deserialize(body, ProtocolJson.Default.Problem)!;
}
