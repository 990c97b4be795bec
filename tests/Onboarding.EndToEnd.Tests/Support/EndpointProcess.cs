using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>The standalone endpoint in a process of its own.</summary>
internal sealed class EndpointProcess : IAsyncDisposable
{
    private const string Host = "127.0.0.1";

    private readonly ProgramProcess process;
    private readonly HttpClient client;

    private EndpointProcess(ProgramProcess process, HttpClient client, int port) => (this.process, this.client, Port) = (process, client, port);

    /// <summary>The API's port of 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one, and returns when it is ready.</summary>
    /// <param name="site">What it serves.</param>
    /// <param name="pki">Whom its callers trust.</param>
    /// <param name="port">The API's port; null: a free one.</param>
    public static async Task<EndpointProcess> StartAsync(Site site, TestPki pki, int? port = null)
    {
        var ports = FreePorts.Take(3);
        ports[0] = port ?? ports[0];
        var endpoint = new EndpointProcess(ProgramProcess.Start(Executables.Standalone, Arguments(site, ports), site.Environment), pki.CreateClient(), ports[0]);
        var health = new Uri($"http://{Host}:{ports[2]}/health/ready");
        await Eventually.ThatAsync("the endpoint is ready", () => endpoint.IsReadyAsync(health), endpoint.Output, () => endpoint.process.HasExited);
        return endpoint;
    }

    /// <summary>What it wrote so far: log and audit lines.</summary>
    public string Output() => process.Output();

    /// <summary>SIGKILL: it has no chance to tidy up.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Its answer to <c>GET /v1/discovery</c>.</summary>
    public async Task<DiscoveryResponse> DiscoverAsync()
    {
        using var response = await client.GetAsync(At("/v1/discovery"));
        return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProtocolJson.Default.DiscoveryResponse)!;
    }

    /// <summary><c>POST /v1/sessions</c> for the group bookinfo/ratings.</summary>
    public async Task<(HttpStatusCode Status, string Body)> OpenSessionAsync(string jwt, SessionKeyPair key)
    {
        var request = new OpenSessionRequest(
            new JwtCredential(jwt),
            new WorkloadGroupReference("bookinfo", "ratings"),
            Base64UrlText.Encode(RandomNumberGenerator.GetBytes(32)),
            key.Public);
        using var content = new StringContent(JsonSerializer.Serialize(request, ProtocolJson.Default.OpenSessionRequest), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(At("/v1/sessions"), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A call with an onboarding token and a fresh proof of its key.</summary>
    public async Task<(HttpStatusCode Status, string Body)> CallAsync(HttpMethod method, string path, string token, SessionKeyPair key)
    {
        using var request = new HttpRequestMessage(method, At(path));
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("DPoP", key.CreateProof(method.Method, $"{Host}:{Port}", path, token, TimeProvider.System.GetUtcNow()));
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
    }

    private static string[] Arguments(Site site, int[] ports) =>
    [
        "--config", site.Config,
        "--manifests", site.Manifests,
        "--data", site.Data,
        "--api-address", $"{Host}:{ports[0]}",
        "--packages-address", $"{Host}:{ports[1]}",
        "--operators-address", $"{Host}:{ports[2]}",
    ];

    private Uri At(string path) => new($"https://{Host}:{Port}{path}");

    private async Task<bool> IsReadyAsync(Uri health)
    {
        try
        {
            using var response = await client.GetAsync(health);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
