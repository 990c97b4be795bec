using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Onboarding.Standalone.Tests;

/// <summary>The real process, on loopback.</summary>
internal sealed class StandaloneProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> errors = new();

    private StandaloneProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>What it said on its error stream.</summary>
    public string Errors => string.Join('\n', errors);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="files">Its configuration.</param>
    /// <param name="ports">The ports of the API, of the packages and of the operators.</param>
    public static async Task<StandaloneProcess> StartAsync(StandaloneFiles files, int[] ports)
    {
        var started = Start(files, ports);
        using var operators = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}")) };
        while (!await IsReadyAsync(operators))
        {
            if (started.process.HasExited)
            {
                throw new InvalidOperationException($"the endpoint ended with {started.process.ExitCode}: {started.Errors}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return started;
    }

    /// <summary>Starts it.</summary>
    public static StandaloneProcess Start(StandaloneFiles files, int[] ports)
    {
        string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "onboarding-standalone.dll"),
                "--config", files.Config,
                "--manifests", files.Manifests,
                "--data", files.Data,
                "--api-address", Address(ports[0]),
                "--packages-address", Address(ports[1]),
                "--operators-address", Address(ports[2]),
            },
        };
        return new StandaloneProcess(Process.Start(start)!);
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits until it has stopped.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await ExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

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
