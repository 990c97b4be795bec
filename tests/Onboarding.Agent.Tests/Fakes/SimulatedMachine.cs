using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Metadata;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>A machine at AWS: metadata services at their own addresses, STS, and an endpoint that gives challenges.</summary>
internal sealed class SimulatedMachine : IDisposable
{
    public const string InstanceId = "i-1234567890abcdef0";
    public const string TaskId = "0123456789abcdef0123456789abcdef";
    private readonly RegionSigner signer = new();
    private readonly EndpointTransport transport;

    public SimulatedMachine(SimulatedInstance? instance = null, SimulatedTask? task = null)
    {
        Iam = new SimulatedIam(Time);
        Sts = new SimulatedSts(Iam, Time);
        Imds = new SimulatedImds(instance ?? new SimulatedInstance(InstanceId), Iam, signer, Time);
        Ecs = new SimulatedEcs(task ?? new SimulatedTask(TaskId), Iam);
        Api = new FakeEndpoint(Time);
        transport = new EndpointTransport(Api, new EndpointTarget(FakeEndpoint.Host, 15443), new EndpointClock(Time, Logger), Time);
        Endpoint = new EndpointClient(transport);
        Services["169.254.169.254"] = Imds;
        Services["[fd00:ec2::254]"] = Imds;
        Services["169.254.170.2"] = Ecs;
        Delay = new FakeDelay(Time);
        Clouds = new CloudMetadata(
            new SimulatedHandler(uri => Services.GetValueOrDefault(uri.Authority)), Delay, new FixedRandom(1), Time, name => Environment.GetValueOrDefault(name));
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeDelay Delay { get; }

    public RecordingLogger Logger { get; } = new();

    public SimulatedIam Iam { get; }

    public SimulatedSts Sts { get; }

    public SimulatedImds Imds { get; }

    public SimulatedEcs Ecs { get; }

    public FakeEndpoint Api { get; }

    public EndpointClient Endpoint { get; }

    public CloudMetadata Clouds { get; }

    /// <summary>What is at which address.</summary>
    public Dictionary<string, ISimulatedService> Services { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes this the container of a task.</summary>
    public void BecomeTask()
    {
        foreach (var (name, value) in SimulatedEcs.Environment)
        {
            Environment[name] = value;
        }
    }

    /// <summary>What STS says of a proof when its reader sends it with a binding.</summary>
    public async Task<string> VerifyAsync(StsProof proof, string binding)
    {
        AwsRegion.TryParse(proof.Region, out var region).ShouldBeTrue();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"https://{region.StsHost}{StsRequest.Path}")) { Content = new ByteArrayContent("Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("content-type", StsRequest.ContentType);
        request.Headers.Host = region.StsHost;
        foreach (var (name, value) in new[]
        {
            ("accept", StsRequest.Accept),
            (StsRequest.DateHeader, proof.Date),
            (StsRequest.SecurityTokenHeader, proof.SessionToken),
            (StsRequest.BindingHeader, binding),
            ("authorization", $"{StsRequest.Algorithm} Credential={proof.AccessKeyId}/{proof.Date[..8]}/{proof.Region}/sts/aws4_request, SignedHeaders={StsRequest.SignedHeaders}, Signature={proof.Signature}"),
        })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var client = new HttpClient(Sts.CreateHandler());
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    public void Dispose()
    {
        Clouds.Dispose();
        transport.Dispose();
        signer.Dispose();
    }
}
