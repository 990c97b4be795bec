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

    private const int EmptyPort = 25_446;
    private const int Connections = 16;
    private const int Agents = 1000;
    private const int Heartbeats = 20;
    private const int Rounds = 6;

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");

    /// <summary>Measures and prints one line for each round.</summary>
    public async Task RunAsync()
    {
        using var endpoint = new BenchedEndpoint(pki, key, Connections);
        using var empty = ChildProcess.Start("Onboarding.Benchmarks.dll", EmptyEndpoint.Argument, BenchedEndpoint.Text(EmptyPort), endpoint.Files.Tls);
        using var emptyApi = endpoint.Client(EmptyPort, Connections);
        await endpoint.UntilServingAsync();
        await BenchedEndpoint.UntilAnsweredAsync(() => Heartbeat(emptyApi));
        output.WriteLine("round  verify+sign  open  ratio  register  first  empty  heartbeat  ratio  renew   (microseconds of CPU for each)");
        for (var round = 0; round <= Rounds; round++)
        {
            await MeasureAsync(round, endpoint, empty, emptyApi);
        }
    }

    public void Dispose()
    {
        key.Dispose();
        pki.Dispose();
    }

    private async Task MeasureAsync(int round, BenchedEndpoint endpoint, ChildProcess empty, ApiClient emptyApi)
    {
        var ceiling = Signatures();
        var agents = Enumerable.Range(0, Agents).Select(_ => endpoint.NewMember()).ToList();
        var open = await CostAsync(endpoint.Process, agents, each => each.OpenAsync());
        var register = await CostAsync(endpoint.Process, agents, each => each.RegisterAsync(), withRest: true);
        var first = await CostAsync(endpoint.Process, agents, each => each.StartAsync(), withRest: true);
        var beats = Enumerable.Repeat(agents, Heartbeats).SelectMany(all => all).ToList();
        var heartbeat = await CostAsync(endpoint.Process, beats, each => each.HeartbeatAsync());
        var nothing = await CostAsync(empty, beats, _ => Heartbeat(emptyApi));
        var renew = await CostAsync(endpoint.Process, agents, each => each.RenewAsync());
        agents.ForEach(each => each.Agent.Dispose());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(round == 0 ? "cold" : BenchedEndpoint.Text(round)),5}  {ceiling,11:F0}  {open,4:F0}  {open / ceiling,5:F2}  {register,8:F0}  {first,5:F0}  {nothing,5:F0}  {heartbeat,9:F0}  {heartbeat / nothing,5:F2}  {renew,5:F0}"));
    }

    // With the rest: what the calls leave to be done counts as well, since an entry is written after its registration was answered.
    private static async Task<double> CostAsync(ChildProcess process, List<Member> items, Func<Member, Task> call, bool withRest = false)
    {
        await process.UntilQuietAsync();
        var before = process.Cpu;
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (item, _) => await call(item));
        await (withRest ? process.UntilQuietAsync() : Task.CompletedTask);
        return (process.Cpu - before).TotalMicroseconds / items.Count;
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

    private static Task<ApiReply<HeartbeatResponse>> Heartbeat(ApiClient api)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/heartbeat") { Content = new StringContent("""{"sidecar":{"state":"Ready"}}""") };
        request.Headers.Authorization = new("Bearer", new string('x', 700));
        return api.SendAsync(request, ProtocolJson.Default.HeartbeatResponse);
    }
}
