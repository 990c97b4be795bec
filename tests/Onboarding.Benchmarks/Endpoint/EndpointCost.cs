using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>
/// CPU time of the whole standalone endpoint for each call, against ceilings taken in the same run. CPU time, not time: the figures
/// hold on a machine that does other work as well, within the noise that the rounds show.
/// </summary>
internal sealed class EndpointCost(TextWriter output) : IDisposable
{
    /// <summary>The argument that makes this program measure it.</summary>
    public const string Argument = "endpoint-cost";

    private const int Port = 25_443;
    private const int EmptyPort = 25_446;
    private const int Connections = 16;
    private const int Agents = 500;
    private const int Heartbeats = 20;
    private const int Rounds = 6;
    private static readonly WorkloadGroupReference Ratings = new("bookinfo", "ratings");

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");
    private int members;

    /// <summary>Measures and prints one line for each round.</summary>
    public async Task RunAsync()
    {
        using var files = new EndpointFiles(pki, key);
        using var endpoint = ChildProcess.Start(
            "onboarding-standalone.dll", "--config", files.Config, "--manifests", files.Manifests, "--data", files.Data,
            "--api-address", Address(Port), "--packages-address", Address(Port + 1), "--operators-address", Address(Port + 2));
        using var empty = ChildProcess.Start("Onboarding.Benchmarks.dll", EmptyEndpoint.Argument, Text(EmptyPort), files.Tls);
        using var api = new ApiClient(new Uri($"https://localhost:{Text(Port)}"), pki.Authority, Connections);
        using var emptyApi = new ApiClient(new Uri($"https://localhost:{Text(EmptyPort)}"), pki.Authority, Connections);
        await UntilAnsweredAsync(() => api.DiscoverAsync());
        await UntilAnsweredAsync(() => Heartbeat(emptyApi));
        output.WriteLine("round  verify+sign  open  ratio  first  empty  heartbeat  ratio  renew   (microseconds of CPU for each)");
        for (var round = 0; round <= Rounds; round++)
        {
            await MeasureAsync(round, endpoint, empty, api, emptyApi);
        }
    }

    public void Dispose()
    {
        key.Dispose();
        pki.Dispose();
    }

    private async Task MeasureAsync(int round, ChildProcess endpoint, ChildProcess empty, ApiClient api, ApiClient emptyApi)
    {
        var ceiling = Signatures();
        var agents = Enumerable.Range(0, Agents).Select(_ => NewMember(api)).ToList();
        var open = await CostAsync(endpoint, agents, each => Required(each.Agent.OpenAsync(each.Credential)));
        await Parallel.ForEachAsync(agents, async (each, _) => await Required(each.Agent.RegisterAsync(each.Address)));

        // A member's first heartbeats still belong to its joining: its bundle is made, and conditions that have moved are written.
        var first = await CostAsync(endpoint, agents, each => Required(each.Agent.HeartbeatAsync()));
        var beats = Enumerable.Repeat(agents, Heartbeats).SelectMany(all => all).ToList();
        var heartbeat = await CostAsync(endpoint, beats, each => Required(each.Agent.HeartbeatAsync()));
        var nothing = await CostAsync(empty, beats, _ => Required(Heartbeat(emptyApi)));
        var renew = await CostAsync(endpoint, agents, each => Required(each.Agent.RenewAsync()));
        agents.ForEach(each => each.Agent.Dispose());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(round == 0 ? "cold" : Text(round)),5}  {ceiling,11:F0}  {open,4:F0}  {open / ceiling,5:F2}  {first,5:F0}  {nothing,5:F0}  {heartbeat,9:F0}  {heartbeat / nothing,5:F2}  {renew,5:F0}"));
    }

    private static async Task<double> CostAsync(ChildProcess process, List<Member> items, Func<Member, Task> call)
    {
        await UntilQuietAsync(process);
        var before = process.Cpu;
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (item, _) => await call(item));
        return (process.Cpu - before).TotalMicroseconds / items.Count;
    }

    // What an earlier call left to be done is not this one's cost: an entry is written and read back after its registration was answered.
    private static async Task UntilQuietAsync(ChildProcess process)
    {
        TimeSpan before;
        do
        {
            before = process.Cpu;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
        while (process.Cpu - before > TimeSpan.FromMilliseconds(20));
    }

    // One RS256 verification and one ES256 signature, nothing else.
    private static double Signatures()
    {
        const int Count = 2000;
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var data = RandomNumberGenerator.GetBytes(512);
        var signature = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        for (var count = 0; count < Count; count++)
        {
            if (!rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) || ecdsa.SignData(data, HashAlgorithmName.SHA256).Length != 64)
            {
                throw new InvalidOperationException("a signature is wrong");
            }
        }

        self.Refresh();
        return (self.TotalProcessorTime - before).TotalMicroseconds / Count;
    }

    private Member NewMember(ApiClient api)
    {
        var number = ++members;
        var token = TestToken.Mint(key, EndpointFiles.Issuer, Text(number), EndpointFiles.Uid, TimeProvider.System.GetUtcNow(), null, null);
        return new Member(new SimulatedAgent(api, Ratings), new JwtCredential(token), $"10.0.{Text(number / 256)}.{Text(number % 256)}");
    }

    private static Task<ApiReply<HeartbeatResponse>> Heartbeat(ApiClient api)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/heartbeat") { Content = new StringContent("""{"sidecar":{"state":"Ready"}}""") };
        request.Headers.Authorization = new("Bearer", new string('x', 700));
        return api.SendAsync(request, ProtocolJson.Default.HeartbeatResponse);
    }

    private static async Task Required<T>(Task<ApiReply<T>> call)
        where T : class => _ = (await call).Required;

    private static async Task UntilAnsweredAsync<T>(Func<Task<ApiReply<T>>> call)
        where T : class
    {
        for (var tries = 0; tries < 600; tries++)
        {
            try
            {
                await call();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        throw new InvalidOperationException("the endpoint did not start within a minute");
    }

    private static string Address(int port) => $"127.0.0.1:{Text(port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Member(SimulatedAgent Agent, JwtCredential Credential, string Address);
}
