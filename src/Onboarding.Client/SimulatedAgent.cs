using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Client;

/// <summary>The calls of one agent: its session's key and token, and its instanceId. It neither waits nor retries.</summary>
public sealed class SimulatedAgent : IDisposable
{
    private readonly ApiClient api;
    private readonly WorkloadGroupReference group;
    private readonly SessionKeyPair key;

    /// <summary>An agent that was just installed.</summary>
    public SimulatedAgent(ApiClient api, WorkloadGroupReference group)
        : this(api, group, new SessionKeyPair())
    {
    }

    private SimulatedAgent(ApiClient api, WorkloadGroupReference group, SessionKeyPair key)
    {
        this.api = api;
        this.group = group;
        this.key = key;
    }

    /// <summary>What the agent made once on its machine.</summary>
    public string InstanceId { get; init; } = Base64UrlText.Encode(RandomNumberGenerator.GetBytes(32));

    /// <summary>RFC 7638 thumbprint of its session's key.</summary>
    public string KeyThumbprint => key.Thumbprint;

    /// <summary>The token in use; null before a session is opened.</summary>
    public string? Token { get; private set; }

    /// <summary>Revision of the bundle that its sidecar runs with: the last one it was told of, as if it restarted at once.</summary>
    public string? BundleRevision { get; private set; }

    /// <summary>The same agent, session and all, calling another endpoint.</summary>
    public SimulatedAgent At(ApiClient other) => new(other, group, key) { InstanceId = InstanceId, Token = Token, BundleRevision = BundleRevision };

    /// <summary><c>POST /v1/sessions</c>; keeps the token.</summary>
    public async Task<ApiReply<SessionResponse>> OpenAsync(Credential credential)
    {
        var request = new OpenSessionRequest(credential, group, InstanceId, key.Public);
        var reply = await api.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = JsonContent.Create(request, ProtocolJson.Default.OpenSessionRequest) },
            ProtocolJson.Default.SessionResponse);
        Token = reply.Value?.Token ?? Token;
        return reply;
    }

    /// <summary><c>POST /v1/sessions/renew</c>; keeps the token.</summary>
    public async Task<ApiReply<SessionResponse>> RenewAsync()
    {
        var reply = await CallAsync(HttpMethod.Post, "/v1/sessions/renew", null, ProtocolJson.Default.SessionResponse);
        Token = reply.Value?.Token ?? Token;
        return reply;
    }

    /// <summary><c>PUT /v1/registration</c>.</summary>
    public Task<ApiReply<RegistrationResponse>> RegisterAsync(string address) => RegisterAsync(new Registration(
        new RegistrationAgent("0.1.0"),
        new RegistrationSidecar(new IstioSidecar("1.24.0")),
        new RegistrationHost([new HostAddress(address, AddressType.Vpc)])));

    /// <summary><c>PUT /v1/registration</c>.</summary>
    public Task<ApiReply<RegistrationResponse>> RegisterAsync(Registration registration) => CallAsync(
        HttpMethod.Put, "/v1/registration", JsonContent.Create(registration, ProtocolJson.Default.Registration), ProtocolJson.Default.RegistrationResponse);

    /// <summary><c>GET /v1/bootstrap</c>.</summary>
    public async Task<ApiReply<BootBundle>> GetBootstrapAsync()
    {
        var reply = await CallAsync(HttpMethod.Get, "/v1/bootstrap", null, ProtocolJson.Default.BootBundle);
        BundleRevision = reply.Value?.Revision ?? BundleRevision;
        return reply;
    }

    /// <summary><c>POST /v1/heartbeat</c>.</summary>
    public async Task<ApiReply<HeartbeatResponse>> HeartbeatAsync()
    {
        var heartbeat = new HeartbeatRequest(new SidecarStatus(SidecarState.Ready, ConfigRevision: BundleRevision));
        var reply = await CallAsync(
            HttpMethod.Post,
            "/v1/heartbeat",
            JsonContent.Create(heartbeat, ProtocolJson.Default.HeartbeatRequest),
            ProtocolJson.Default.HeartbeatResponse,
            withProof: false);
        BundleRevision = reply.Value?.BootstrapRevision ?? BundleRevision;
        return reply;
    }

    /// <summary><c>DELETE /v1/registration</c>.</summary>
    public Task<ApiReply<LeaveResponse>> LeaveAsync() =>
        CallAsync(HttpMethod.Delete, "/v1/registration", null, ProtocolJson.Default.LeaveResponse);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private Task<ApiReply<T>> CallAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, bool withProof = true)
        where T : class
    {
        var token = Token ?? throw new InvalidOperationException("the agent has no session");
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (withProof)
        {
            request.Headers.Add("DPoP", key.CreateProof(method.Method, api.Host, path, token, TimeProvider.System.GetUtcNow()));
        }

        return api.SendAsync(request, type);
    }
}
