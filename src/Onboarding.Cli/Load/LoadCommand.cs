using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Onboarding.Cli.Issuing;
using Onboarding.Cli.Output;
using Onboarding.Client;

namespace Onboarding.Cli.Load;

/// <summary><c>onboardctl load</c>: simulated agents against an endpoint.</summary>
internal static class LoadCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var options = new LoadOptions();
        var output = OutputOption.Create();
        var command = new Command("load", "Put an endpoint under load with simulated agents that open sessions, register, fetch bundles, heartbeat, renew and leave.")
        {
            LoadIssuerCommand.Create(console),
            output,
        };
        options.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var settings = options.Read(parsed);
            using var authority = ReadAuthority(options.Authority(parsed));
            using var issuer = TokenIssuer.Read(options.Issuer(parsed), options.IssuerKey(parsed));
            using var api = new ApiClient(options.Endpoint(parsed), authority, settings.Concurrency);
            return await RunAsync(console, settings, api, issuer, parsed.GetValue(output), time, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console, LoadSettings settings, ApiClient api, TokenIssuer issuer, OutputFormat format, TimeProvider time, CancellationToken cancellationToken)
    {
        var uid = await DiscoverAsync(api, cancellationToken);
        var statistics = new LoadStatistics(time);
        var workloads = Enumerable.Range(0, settings.Workloads)
            .Select(number => new LoadWorkload(number, settings, api, statistics, subject => issuer.Token(subject, uid, time.GetUtcNow()), time))
            .ToList();
        try
        {
            if (settings.JoinsPerSecond is null)
            {
                workloads.ForEach(workload => workload.Prepare());
            }

            using var run = new LoadRun(settings, workloads, statistics, time);
            using (new ProgressLine(console, statistics, settings.Workloads, time))
            {
                await run.RunAsync(cancellationToken);
            }

            if (!StructuredOutput.TryWrite(console, format, LoadReport.ToJson(settings, run, statistics)))
            {
                LoadReport.Print(console, run, statistics);
            }

            return run.AllJoinedAfter is not null && LoadReport.IsClean(statistics) ? ExitCodes.Ok : ExitCodes.NotMet;
        }
        finally
        {
            workloads.ForEach(workload => workload.Dispose());
        }
    }

    private static async Task<string> DiscoverAsync(ApiClient api, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.DiscoverAsync(cancellationToken)).Required.Uid;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or TaskCanceledException)
        {
            throw new CliException($"the endpoint does not answer: {e.GetBaseException().Message}", e);
        }
    }

    private static X509Certificate2 ReadAuthority(string path)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (CryptographicException e)
        {
            throw new CliException($"{path}: must be a certificate in PEM: {e.Message}", e);
        }
    }
}
