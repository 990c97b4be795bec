using System.Diagnostics;
using System.Globalization;
using Onboarding.Cli.Issuing;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>Runs <c>onboardctl load</c> against an endpoint of its own, and samples what that costs the endpoint's machine: memory, CPU time, disk.</summary>
internal sealed class LoadSampling(TextWriter output) : IDisposable
{
    /// <summary>The argument that makes this program do it; options of <c>onboardctl load</c> follow.</summary>
    public const string Argument = "load";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly TestPki pki = new();
    private readonly TokenIssuer issuer = TokenIssuer.CreateRsa(EndpointFiles.Issuer);

    /// <summary>Prints a line for each sample, then the load's report.</summary>
    public async Task RunAsync(IReadOnlyList<string> options)
    {
        using var files = new EndpointFiles(pki, issuer.KeySet());
        var key = Path.Combine(files.Tls, "load-issuer.key");
        await File.WriteAllTextAsync(key, issuer.PrivatePem());
        using var endpoint = BenchedEndpoint.Start(files);
        using (var api = new Client.ApiClient(new Uri($"https://localhost:{BenchedEndpoint.Text(BenchedEndpoint.Port)}"), pki.Authority))
        {
            await BenchedEndpoint.UntilAnsweredAsync(() => api.DiscoverAsync());
        }

        using var load = ChildProcess.Start(
            "onboardctl.dll",
            [
                "load", "--endpoint", $"localhost:{BenchedEndpoint.Text(BenchedEndpoint.Port)}", "--ca", pki.WriteAuthority(Path.Combine(files.Tls, "load-ca.crt")),
                "--group", "bookinfo/ratings", "--issuer", EndpointFiles.Issuer, "--issuer-key", key, .. options,
            ]);
        load.CopyTo(output);
        var started = Stopwatch.GetTimestamp();
        output.WriteLine("seconds  CPU s  memory MiB  registrations  data MiB");
        var ended = load.WaitAsync();
        do
        {
            await Task.WhenAny(ended, Task.Delay(Interval, TimeProvider.System));
            Sample(endpoint, files.Data, Stopwatch.GetElapsedTime(started));
        }
        while (!ended.IsCompleted);
    }

    public void Dispose()
    {
        issuer.Dispose();
        pki.Dispose();
    }

    private void Sample(ChildProcess endpoint, string data, TimeSpan after)
    {
        var (files, registrations, bytes) = (new DirectoryInfo(data), 0, 0L);
        foreach (var file in files.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            registrations += file.Extension == ".yaml" ? 1 : 0;
            bytes += LengthOf(file);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{after.TotalSeconds,7:F0}  {endpoint.Cpu.TotalSeconds,5:F0}  {endpoint.Memory >> 20,10}  {registrations,13}  {bytes >> 20,8}"));
    }

    // Files come and go while they are counted.
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
