using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.TestKit.Workloads;

/// <summary>An agent that talks to the registries as the endpoint would on its behalf: token, proof and all.</summary>
public sealed class SimulatedAgent(RegistryWorld world, string subject, string? instanceId = null) : IDisposable
{
    private SessionKeyPair key = new();

    /// <summary>The agent's instanceId.</summary>
    public string InstanceId { get; } = instanceId ?? Base64UrlText.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>The identity that its credentials prove.</summary>
    public WorkloadIdentity Identity { get; init; } = new JwtIdentity(
        RegistryWorld.Issuer,
        subject,
        ImmutableSortedDictionary<string, string>.Empty.Add("team", "ratings"));

    /// <summary>Whether its credentials prove the machine itself.</summary>
    public bool ProvesMachine { get; init; }

    /// <summary>Addresses its credentials vouch for.</summary>
    public ImmutableArray<IPAddress> VerifiedAddresses { get; init; } = [];

    /// <summary>Its onboarding token.</summary>
    public string Token { get; set; } = "";

    /// <summary>The address its connection comes from.</summary>
    public IPAddress Peer { get; init; } = IPAddress.Parse("198.51.100.7");

    /// <summary>Its registration's name.</summary>
    public string Name => field ??= WorkloadName.Of(RegistryWorld.Group, Identity, world.Options.Current.Workloads.JwtIssuers)!;

    /// <summary>Its workload's key.</summary>
    public string WorkloadKey => Core.Identity.WorkloadKey.Of(RegistryWorld.Namespace, RegistryWorld.Group, Identity);

    /// <summary>Its session's key pair.</summary>
    public SessionKeyPair Key => key;

    /// <summary>Revision of the bundle its sidecar runs with; null: it has none.</summary>
    public string? Running { get; set; }

    /// <summary>What it registers.</summary>
    public Registration Registration { get; set; } = new(
        new RegistrationAgent("1.0.0"),
        new RegistrationSidecar(new IstioSidecar("1.27.0")),
        new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)]));

    /// <summary>Opens a session with a fresh key; a credential that is given was shown before.</summary>
    public async Task<Outcome<SessionResponse>> OpenAsync(string? credential = null, string? nonce = null)
    {
        key.Dispose();
        key = new SessionKeyPair();
        var outcome = await world.SessionRegistry.OpenAsync(Opening(credential, nonce), CancellationToken.None);
        Token = outcome.Value?.Token ?? Token;
        return outcome;
    }

    /// <summary>What it opens a session with.</summary>
    public SessionOpening Opening(string? credential = null, string? nonce = null)
    {
        var now = world.Time.GetUtcNow();
        var snapshot = world.Catalog.Find(RegistryWorld.Namespace)!;
        var attested = new AttestedIdentity(Identity, "jwt", credential ?? Sha256Text.Hex(Guid.NewGuid().ToString()), now, now.AddHours(1))
        {
            VerifiedAddresses = VerifiedAddresses,
            ProvesMachine = ProvesMachine,
            Nonce = nonce,
        };
        return new SessionOpening(
            attested,
            snapshot.FindGroup(RegistryWorld.Group)!,
            snapshot.Evaluate(Identity, RegistryWorld.Group, now),
            snapshot.Version!,
            InstanceId,
            key.Thumbprint,
            nonce is null ? null : now.AddSeconds(60),
            "correlation",
            Peer.ToString());
    }

    /// <summary><c>PUT /v1/registration</c>.</summary>
    public async Task<Outcome<RegistrationResponse>> RegisterAsync()
    {
        var session = await AuthenticateAsync("PUT", "/v1/registration");
        return session.IsGranted ? await world.WorkloadRegistry.RegisterAsync(session.Value, Registration, Peer, CancellationToken.None) : session.Refusal;
    }

    /// <summary><c>POST /v1/heartbeat</c>; the sidecar runs with <see cref="Running"/>, unless a revision is given.</summary>
    public async Task<Outcome<HeartbeatResponse>> HeartbeatAsync(SidecarState state = SidecarState.Ready, string? configRevision = null)
    {
        var session = await AuthenticateAsync("POST", "/v1/heartbeat", needsProof: false);
        var heartbeat = new HeartbeatRequest(new SidecarStatus(state, ConfigRevision: configRevision ?? Running));
        return session.IsGranted ? await world.WorkloadRegistry.HeartbeatAsync(session.Value, heartbeat, CancellationToken.None) : session.Refusal;
    }

    /// <summary><c>GET /v1/bootstrap</c>, once.</summary>
    public async Task<Outcome<BootBundle>> GetBootstrapAsync()
    {
        var session = await AuthenticateAsync("GET", "/v1/bootstrap");
        return session.IsGranted ? await world.WorkloadRegistry.GetBootstrapAsync(session.Value, CancellationToken.None) : session.Refusal;
    }

    /// <summary>Asks for the bundle until the entry has been accepted.</summary>
    public async Task<BootBundle> WaitForBootstrapAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var outcome = await GetBootstrapAsync();
            if (outcome.IsGranted)
            {
                return outcome.Value;
            }

            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary><c>POST /v1/sidecar-token</c>.</summary>
    public async Task<Outcome<Core.Workloads.SidecarTokenGrant>> GetSidecarTokenAsync()
    {
        var session = await AuthenticateAsync("POST", "/v1/sidecar-token");
        return session.IsGranted ? await world.WorkloadRegistry.GetSidecarTokenAsync(session.Value, CancellationToken.None) : session.Refusal;
    }

    /// <summary><c>POST /v1/sessions/renew</c>; the new token is taken over unless its reply is lost.</summary>
    public async Task<Outcome<SessionResponse>> RenewAsync(bool replyIsLost = false)
    {
        var session = await AuthenticateAsync("POST", "/v1/sessions/renew");
        if (!session.IsGranted)
        {
            return session.Refusal;
        }

        var outcome = await world.SessionRegistry.RenewAsync(session.Value, CancellationToken.None);
        Token = replyIsLost ? Token : outcome.Value?.Token ?? Token;
        return outcome;
    }

    /// <summary><c>DELETE /v1/registration</c>.</summary>
    public async Task<Outcome<LeaveResponse>> LeaveAsync()
    {
        var session = await AuthenticateAsync("DELETE", "/v1/registration");
        return session.IsGranted ? await world.WorkloadRegistry.LeaveAsync(session.Value, CancellationToken.None) : session.Refusal;
    }

    /// <summary>Opens a session, registers, waits for what is written, and runs a sidecar with it.</summary>
    public async Task JoinAsync()
    {
        Granted(await OpenAsync());
        Granted(await RegisterAsync());
        Running = (await WaitForBootstrapAsync()).Revision;
    }

    /// <summary>Authenticates a call, with a proof that the agent's own key made.</summary>
    public ValueTask<Outcome<SessionContext>> AuthenticateAsync(string method, string path, bool needsProof = true, SessionKeyPair? prover = null)
    {
        var proof = needsProof ? (prover ?? key).CreateProof(method, RegistryWorld.Host, path, Token, world.Time.GetUtcNow()) : null;
        var call = new BearerCall(Token, needsProof, proof, method, path, "correlation", Peer.ToString()) { IsRenewal = path == "/v1/sessions/renew" };
        return world.SessionRegistry.AuthenticateAsync(call, CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static void Granted<T>(Outcome<T> outcome)
        where T : class
    {
        if (!outcome.IsGranted)
        {
            throw new InvalidOperationException(outcome.Refusal.ToString());
        }
    }
}
