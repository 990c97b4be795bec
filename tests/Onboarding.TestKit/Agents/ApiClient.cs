using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization.Metadata;
using Onboarding.Protocol;

namespace Onboarding.TestKit.Agents;

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
    public async Task<ApiReply<DiscoveryResponse>> DiscoverAsync() =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/discovery"), ProtocolJson.Default.DiscoveryResponse);

    /// <summary>Sends a request and reads either what was asked for or a problem.</summary>
    public async Task<ApiReply<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type)
        where T : class
    {
        using (request)
        {
            using var response = await http.SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                var value = response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync(type);
                return new ApiReply<T>(response.StatusCode, value, null);
            }

            return new ApiReply<T>(response.StatusCode, null, await response.Content.ReadFromJsonAsync(ProtocolJson.Default.Problem));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}

/// <summary>An answer of the API.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Value">What was asked for.</param>
/// <param name="Problem">Why not.</param>
public sealed record ApiReply<T>(HttpStatusCode Status, T? Value, Problem? Problem)
    where T : class
{
    /// <summary>What was asked for; a refusal fails the test with its code.</summary>
    public T Required => Value ?? throw new InvalidOperationException($"{(int)Status} {Problem?.Code}: {Problem?.Detail}");
}
