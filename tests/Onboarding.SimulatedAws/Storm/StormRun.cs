using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Onboarding.Cli.Demo;
using Onboarding.Cli.Output;
using Onboarding.Client;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Issuers;

namespace Onboarding.SimulatedAws.Storm;

/// <summary>A storm, from the endpoint's start to the report.</summary>
internal sealed class StormRun(StormSettings settings, CliConsole console, TimeProvider time) : IDisposable
{
    private const int Connections = 256;
    private readonly DemoStage stage = new(console, time);
    private readonly TestPki pki = new();
    private readonly RegionSigner signer = new();
    private readonly SimulatedIam iam = new();

    /// <summary>Whether all had joined in time.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var sts = new SimulatedSts(iam) { Latency = settings.StsLatency, ThrottledShare = settings.ThrottledShare };
        await using var server = await SimulatedServer.StartAsync(sts, pki);
        WriteFiles(server.Address);
        await stage.ServeAsync([$"SSL_CERT_FILE={Authority}"], cancellationToken);

        using var authority = X509CertificateLoader.LoadCertificateFromFile(stage.Workspace.CertificationAuthority);
        using var api = new ApiClient(new Uri($"https://{StormFiles.Host}:{stage.Ports[0].ToString(CultureInfo.InvariantCulture)}"), authority, Connections);
        stage.Step($"{settings.Agents} EC2 instances restart within {settings.Within.TotalSeconds:F0} s");
        var instances = Enumerable.Range(1, settings.Agents).Select(number => new StormInstance(number, api, iam, signer)).ToArray();
        var tally = new StormTally();
        var took = await BlowAsync(instances, tally, cancellationToken);
        Array.ForEach(instances, instance => instance.Dispose());
        return Report(tally, sts, took);
    }

    public void Dispose()
    {
        stage.Dispose();
        signer.Dispose();
        pki.Dispose();
    }

    private string Authority => stage.Workspace.At("sts-ca.pem");

    private async Task<TimeSpan> BlowAsync(StormInstance[] instances, StormTally tally, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var since = time.GetTimestamp();
        try
        {
            // The first attempt is made at once.
            await Task.WhenAll(instances.Select((instance, index) => instance.JoinAsync(settings.Within * index / instances.Length, tally, time, stop.Token)));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            stage.Say("the time was up");
        }

        return time.GetElapsedTime(since);
    }

    private bool Report(StormTally tally, SimulatedSts sts, TimeSpan took)
    {
        stage.Say($"joined: {tally.Joined} of {settings.Agents}, the last one {Seconds(took)} after the first attempt");
        stage.Say($"each since its own first attempt: median {Seconds(tally.Percentile(0.5))}, 99 % {Seconds(tally.Percentile(0.99))}, longest {Seconds(tally.Percentile(1))}");
        stage.Say($"failed attempts: {(tally.Failures.Count == 0 ? "none" : string.Join(", ", tally.Failures.Select(failure => $"{failure.Key} {failure.Value}")))}");
        stage.Say($"STS: {sts.Calls} calls, at most {sts.MostInFlight} in flight, {settings.StsLatency.TotalMilliseconds:F0} ms each, {settings.ThrottledShare:P0} throttled");
        return tally.Joined == settings.Agents;
    }

    private void WriteFiles(Uri sts)
    {
        var workspace = stage.Workspace;
        DemoCertificates.Write(workspace.Tls, time.GetUtcNow());
        var trust = Directory.CreateDirectory(workspace.At("aws-trust")).FullName;
        File.WriteAllText(Path.Combine(trust, $"{StormFiles.Region}.pem"), signer.Pem);
        pki.WriteAuthority(Authority);
        File.WriteAllText(Path.Combine(workspace.Manifests, "bookinfo.yaml"), StormFiles.Manifests);
        File.WriteAllText(workspace.ControlPlane, StormFiles.ControlPlane(sts));
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
}
