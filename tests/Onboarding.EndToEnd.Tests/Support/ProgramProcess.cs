using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>One of the product's programs in a process of its own. Whatever becomes of the test, the process does not outlive it.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();

    private ProgramProcess(Process process) => this.process = process;

    public bool HasExited => process.HasExited;

    public static ProgramProcess Start(string program, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = new ProgramProcess(new Process { StartInfo = start });
        started.process.OutputDataReceived += started.Keep;
        started.process.ErrorDataReceived += started.Keep;
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>What it wrote so far to both streams.</summary>
    public string Output()
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    /// <summary>Returns when it has written the text.</summary>
    public Task SaysAsync(string text) => Eventually.ThatAsync(
        $"it says \"{text}\"", () => Task.FromResult(Output().Contains(text, StringComparison.Ordinal)), Output, () => process.HasExited);

    /// <summary>SIGKILL: it has no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM, as systemd sends it. Returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    /// <summary>Waits for its end. Returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }
    }
}
