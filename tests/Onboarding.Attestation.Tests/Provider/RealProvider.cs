using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Provider;

/// <summary>npm's oidc-provider in a process of its own.</summary>
internal sealed class RealProvider : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly HttpClient client;

    private RealProvider(Process process, HttpClient client, string issuer) =>
        (this.process, this.client, Issuer) = (process, client, issuer);

    public string Issuer { get; }

    public static async Task<RealProvider> StartAsync(TestPki pki, string directory, string audience)
    {
        pki.Write(directory, "127.0.0.1");
        var start = new ProcessStartInfo("node", ["provider.js", directory, audience])
        {
            WorkingDirectory = RealProviderFactAttribute.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var started = Process.Start(start)!;
        var listening = await ReadAsync(started);
        return new RealProvider(started, pki.CreateClient(), listening.GetProperty("issuer").GetString()!);
    }

    /// <summary>A JWT access token (RFC 9068) by client credentials.</summary>
    public async Task<string> TokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Issuer + "/token");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("vm007:only-for-this-test")));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>Gives it new keys; the old ones are gone.</summary>
    public async Task RotateAsync()
    {
        await process.StandardInput.WriteLineAsync("rotate");
        await process.StandardInput.FlushAsync();
        (await ReadAsync(process)).GetProperty("rotated").GetInt32().ShouldBeGreaterThan(1);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        process.Dispose();
    }

    /// <summary>Its next line of ours; it says things of its own besides.</summary>
    private static async Task<JsonElement> ReadAsync(Process provider)
    {
        string line;
        do
        {
            line = (await provider.StandardOutput.ReadLineAsync().WaitAsync(Patience, TimeProvider.System)).ShouldNotBeNull("the provider ended");
        }
        while (!line.StartsWith('{'));

        return JsonElement.Parse(line);
    }
}
