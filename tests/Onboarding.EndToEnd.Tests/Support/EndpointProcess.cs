using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;
using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>The standalone endpoint in a process of its own.</summary>
internal sealed class EndpointProcess : IAsyncDisposable
{
    private const string Host = "127.0.0.1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly HttpClient client;
    private readonly StringBuilder output = new();

    private EndpointProcess(Process process, HttpClient client, int port) => (this.process, this.client, Port) = (process, client, port);

    /// <summary>The API's port of 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one, and returns when it is ready.</summary>
    public static async Task<EndpointProcess> StartAsync(Site site, TestPki pki)
    {
        var ports = FreePort.Take(3);
        var start = new ProcessStartInfo(Executables.Standalone)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in Arguments(site, ports))
        {
            start.ArgumentList.Add(argument);
        }

        var endpoint = new EndpointProcess(new Process { StartInfo = start }, pki.CreateClient(), ports[0]);
        endpoint.process.OutputDataReceived += endpoint.Keep;
        endpoint.process.ErrorDataReceived += endpoint.Keep;
        endpoint.process.Start();
        endpoint.process.BeginOutputReadLine();
        endpoint.process.BeginErrorReadLine();
        await endpoint.ReadyAsync(new Uri($"http://{Host}:{ports[2]}/health/ready"));
        return endpoint;
    }

    /// <summary>What it wrote so far: log and audit lines.</summary>
    public string Output()
    {
        lock (output)
        {
            return output.ToString();
        }
    }

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
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
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

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }
    }

    /// <summary>A process says that it is ready by its health alone, so it is looked at again and again.</summary>
    private async Task ReadyAsync(Uri health)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsReadyAsync(health))
        {
            if (process.HasExited || patience.IsCancellationRequested)
            {
                throw new InvalidOperationException("the endpoint did not become ready:\n" + Output());
            }

            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
    }

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
