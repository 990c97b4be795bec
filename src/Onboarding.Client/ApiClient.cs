using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization.Metadata;
using Onboarding.Protocol;

namespace Onboarding.Client;

/// <summary>Calls one endpoint's API as agents do, trusting one authority.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    /// <summary>A client of an endpoint such as <c>https://localhost:15443</c>.</summary>
    public ApiClient(Uri endpoint, X509Certificate2 authority, int maxConnections = 64)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            MaxConnectionsPerServer = maxConnections,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        })
        {
            BaseAddress = endpoint,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>The host that proofs name.</summary>
    public string Host => http.BaseAddress!.Host;

    /// <summary><c>GET /v1/discovery</c>.</summary>
    public async Task<ApiReply<DiscoveryResponse>> DiscoverAsync(CancellationToken cancellationToken = default) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/discovery"), ProtocolJson.Default.DiscoveryResponse, cancellationToken);

    /// <summary><c>POST /v1/challenges</c>.</summary>
    public async Task<ApiReply<ChallengeResponse>> ChallengeAsync(CancellationToken cancellationToken = default) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/challenges"), ProtocolJson.Default.ChallengeResponse, cancellationToken);

    /// <summary>Sends a request and reads either what was asked for or a problem.</summary>
    public async Task<ApiReply<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        using (request)
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                var value = response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync(type, cancellationToken);
                return new ApiReply<T>(response.StatusCode, value, null);
            }

            var problem = await response.Content.ReadFromJsonAsync(ProtocolJson.Default.Problem, cancellationToken);
            return new ApiReply<T>(response.StatusCode, null, problem) { RetryAfter = response.Headers.RetryAfter?.Delta };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
