using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>A process whose CPU time is measured: user and system, all threads.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan NextToNothing = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private volatile Action<string?>? onLine;

    private ChildProcess(Process process) => this.process = process;

    /// <summary>CPU time that it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Memory of it that is in use, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Its id.</summary>
    public int Id => process.Id;

    /// <summary>Starts an assembly of this directory.</summary>
    public static ChildProcess Start(string assembly, params ReadOnlySpan<string> arguments) =>
        StartProgram("dotnet", AppContext.BaseDirectory, [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);

    /// <summary>Starts a program.</summary>
    public static ChildProcess StartProgram(string program, string folder, params ReadOnlySpan<string> arguments) =>
        StartWith(ReadOnlyDictionary<string, string>.Empty, program, folder, arguments);

    /// <summary>Starts a program with some variables in its environment.</summary>
    public static ChildProcess StartWith(IReadOnlyDictionary<string, string> environment, string program, string folder, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(Process.Start(start)!);
        child.process.OutputDataReceived += (_, line) => child.onLine?.Invoke(line.Data);
        child.process.ErrorDataReceived += (_, _) => { };
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Copies its output from now on.</summary>
    public void CopyTo(TextWriter output) => onLine = line =>
    {
        if (line is not null)
        {
            output.WriteLine(line);
        }
    };

    /// <summary>Completes when it has ended.</summary>
    public Task WaitAsync() => process.WaitForExitAsync();

    /// <summary>Waits until it has next to nothing to do: what an earlier call left to be done is not the next one's cost.</summary>
    public async Task UntilQuietAsync()
    {
        TimeSpan before;
        do
        {
            before = Cpu;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
        while (Cpu - before > NextToNothing);
    }

    /// <summary>Has its runtime collect garbage, three times.</summary>
    public async Task CollectAsync()
    {
        for (var count = 0; count < 3; count++)
        {
            Collect();
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        }
    }

    /// <summary>Kills it.</summary>
    public void Kill() => process.Kill();

    /// <summary>Sends it a signal, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    // To be told of collections with this keyword makes the runtime do one.
    private void Collect()
    {
        const long CollectKeyword = 0x800000;
        using var session = new DiagnosticsClient(Id).StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword)], requestRundown: false);
        session.Stop();
    }
}
