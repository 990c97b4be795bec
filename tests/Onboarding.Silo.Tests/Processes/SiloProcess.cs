using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Onboarding.Core.Operators;
using Onboarding.Endpoint.Hosting;
using Onboarding.TestKit.Data;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>A real <c>onboarding-silo</c>, on loopback.</summary>
internal sealed class SiloProcess : IDisposable
{
    /// <summary>The program, in a release's directory.</summary>
    public const string Program = "onboarding-silo.dll";

    /// <summary>The directory of this release.</summary>
    public static readonly string ThisRelease = AppContext.BaseDirectory;

    private readonly Process process;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly int[] ports;

    private SiloProcess(ProcessStartInfo start, int[] ports)
    {
        this.ports = ports;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>Where its API is.</summary>
    public Uri Api => new(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{ports[0]}"));

    /// <summary>Where its package repository is.</summary>
    public Uri Packages => new(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{ports[1]}"));

    /// <summary>Where its operators' port is.</summary>
    public Uri Operators => new("http://" + Loopback(ports[2]));

    /// <summary>What it said on its error stream.</summary>
    public string Errors => string.Join('\n', errors);

    /// <summary>Its process.</summary>
    public int Id => process.Id;

    /// <summary>Starts a silo of the cluster that is of another release.</summary>
    /// <param name="release">The release's directory.</param>
    /// <param name="files">What it shares with the others.</param>
    public static SiloProcess StartOf(string release, SiloFiles files) => StartOf(release, files, FreePorts.Take(4), []);

    /// <summary>Starts a silo of the cluster.</summary>
    public static SiloProcess Start(SiloFiles files) => Start(files, FreePorts.Take(1)[0]);

    /// <summary>Starts a silo of the cluster.</summary>
    /// <param name="files">What it shares with the others.</param>
    /// <param name="siloPort">Where the others reach it.</param>
    /// <param name="settings">Variables, before which the files' settings give way.</param>
    public static SiloProcess Start(SiloFiles files, int siloPort, params ReadOnlySpan<(string Name, string Value)> settings) =>
        Start(files, [.. FreePorts.Take(3), siloPort], settings);

    /// <summary>Starts a silo of the cluster.</summary>
    /// <param name="files">What it shares with the others.</param>
    /// <param name="taken">Its ports: of the API, of packages, of operators, and between silos.</param>
    /// <param name="settings">Variables, before which the files' settings give way.</param>
    public static SiloProcess Start(SiloFiles files, int[] taken, params ReadOnlySpan<(string Name, string Value)> settings) =>
        StartOf(ThisRelease, files, taken, settings);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit code, and what it said on its error stream.</returns>
    public static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        using var command = new SiloProcess(NewStart(ThisRelease, arguments), []);
        await command.process.WaitForExitAsync();
        return (command.process.ExitCode, command.Errors);
    }

    /// <summary>Waits until it is ready.</summary>
    public async Task UntilReadyAsync()
    {
        using var operators = new HttpClient { BaseAddress = Operators };
        while (!await IsReadyAsync(operators))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"the silo ended with {process.ExitCode}: {Errors}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Whether it is ready now.</summary>
    public async Task<bool> IsReadyAsync()
    {
        using var operators = new HttpClient { BaseAddress = Operators };
        return await IsReadyAsync(operators);
    }

    /// <summary>What its operators' port says of the cluster.</summary>
    public async Task<ClusterReport> GetSilosAsync()
    {
        using var operators = new HttpClient { BaseAddress = Operators };
        return (await operators.GetFromJsonAsync<ClusterReport>(ClusterReport.Path))!;
    }

    /// <summary>Its own line of that.</summary>
    public async Task<SiloMember> GetMemberAsync() =>
        (await GetSilosAsync()).Silos.Single(silo => silo.Address == Loopback(ports[3]));

    /// <summary>SIGTERM, and waits until it is gone.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>Waits until it is gone.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>It ends, having said why in one line and nothing of what went on inside.</summary>
    public async Task ShouldRefuseToStartAsync(string reason)
    {
        (await ExitAsync()).ShouldBe(ExitCodes.Failed);
        Errors.TrimEnd().Split('\n')[^1].ShouldStartWith("onboarding-silo: " + reason);
        Errors.ShouldNotContain("Exception", Case.Sensitive);
        Errors.ShouldNotContain("s3cret");
    }

    /// <summary>SIGSTOP: it holds all it has, and does nothing.</summary>
    public Task SuspendAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Waits until it has found out that the others hold it for dead: it ends, or is not ready any more.</summary>
    public async Task UntilItKnowsThatItIsOutAsync()
    {
        using var operators = new HttpClient { BaseAddress = Operators };
        while (!process.HasExited && await IsReadyAsync(operators))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static SiloProcess StartOf(string release, SiloFiles files, int[] taken, ReadOnlySpan<(string Name, string Value)> settings)
    {
        var start = NewStart(
            release,
            "--config", files.Config, "--manifests", files.Manifests, "--data", files.Data, "--keys", files.Keys, "--silo-tls", files.SiloTls,
            "--api-address", Loopback(taken[0]), "--packages-address", Loopback(taken[1]), "--operators-address", Loopback(taken[2]));
        start.Environment["Orleans__Endpoints__SiloPort"] = taken[3].ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new SiloProcess(start, taken);
    }

    private static ProcessStartInfo NewStart(string release, params string[] arguments) =>
        new("dotnet", [Path.Combine(release, Program), .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static async Task<bool> IsReadyAsync(HttpClient operators)
    {
        try
        {
            using var reply = await operators.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return reply.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
