using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Onboarding.Client;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>
/// Sessions a second against tokens a second of npm's oidc-provider, in memory: both verify an RS256 signature and make an ES256 one. Driven in the same way:
/// as many connections, each with the next call at once, all credentials made beforehand, in turns on the same machine.
/// </summary>
internal sealed class ProviderComparison(TextWriter output) : IDisposable
{
    /// <summary>The argument that makes this program measure it.</summary>
    public const string Argument = "provider-comparison";

    private const int ProviderPort = 25_447;
    private const int Connections = 32;
    private const int Calls = 4000;
    private const int Rounds = 4;

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");
    private readonly TestIssuerKey clientKey = new("client");

    /// <summary>Measures and prints two lines for each round.</summary>
    public async Task RunAsync()
    {
        var folder = Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Attestation.Tests", "Provider");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
        {
            throw new InvalidOperationException("needs npm's oidc-provider: run `make deps`");
        }

        using var endpoint = new BenchedEndpoint(pki, key, Connections);
        using var provider = ChildProcess.StartProgram(
            "node", folder, "benchmark.js", endpoint.Files.Tls, BenchedEndpoint.Text(ProviderPort), clientKey.Jwk().ToJsonString());
        using var http = endpoint.Client(ProviderPort, Connections);
        await endpoint.UntilServingAsync();
        await BenchedEndpoint.UntilAnsweredAsync(() => TokenAsync(http, Assertion()));
        output.WriteLine("round  who            calls/s   p50 ms   p99 ms   CPU µs each");
        for (var round = 0; round <= Rounds; round++)
        {
            var name = round == 0 ? "cold" : BenchedEndpoint.Text(round);
            var members = Enumerable.Range(0, Calls).Select(_ => endpoint.NewMember()).ToList();
            var assertions = Enumerable.Range(0, Calls).Select(_ => Assertion()).ToList();
            await MeasureAsync(name, "onboarding", endpoint.Process, members, each => each.OpenAsync());
            await MeasureAsync(name, "oidc-provider", provider, assertions, async each => _ = (await TokenAsync(http, each)).Required);
            members.ForEach(each => each.Agent.Dispose());
        }
    }

    public void Dispose()
    {
        clientKey.Dispose();
        key.Dispose();
        pki.Dispose();
    }

    private async Task MeasureAsync<T>(string round, string who, ChildProcess process, List<T> items, Func<T, Task> call)
    {
        await process.UntilQuietAsync();
        var times = new ConcurrentBag<double>();
        var (before, started) = (process.Cpu, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (item, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            await call(item);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        });
        var took = Stopwatch.GetElapsedTime(started);
        var cpu = (process.Cpu - before).TotalMicroseconds / items.Count;
        var sorted = times.Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{round,5}  {who,-13}  {items.Count / took.TotalSeconds,7:F0}  {sorted[sorted.Length / 2],7:F1}  {sorted[sorted.Length * 99 / 100],7:F1}  {cpu,12:F0}"));
    }

    // RFC 7523: the client signs for this provider, once.
    private string Assertion() => TestToken.Mint(
        clientKey,
        "vm007",
        "vm007",
        $"https://localhost:{BenchedEndpoint.Text(ProviderPort)}",
        TimeProvider.System.GetUtcNow(),
        claims => claims["jti"] = Guid.NewGuid().ToString("N"));

    private static Task<ApiReply<Grant>> TokenAsync(ApiClient api, string assertion)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                new("client_assertion", assertion),
            ]),
        };
        return api.SendAsync(request, GrantJson.Default.Grant);
    }
}

/// <summary>The answer of a token endpoint (RFC 6749, 5.1), as far as it is looked at.</summary>
internal sealed record Grant([property: JsonPropertyName("access_token")] string AccessToken);

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Grant))]
internal sealed partial class GrantJson : JsonSerializerContext;
