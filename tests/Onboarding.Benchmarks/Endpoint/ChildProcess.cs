using System.Diagnostics;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>A process whose CPU time is measured: user and system, all threads.</summary>
internal sealed class ChildProcess : IDisposable
{
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

    /// <summary>Its id.</summary>
    public int Id => process.Id;

    /// <summary>Starts an assembly of this directory.</summary>
    public static ChildProcess Start(string assembly, params ReadOnlySpan<string> arguments) =>
        StartProgram("dotnet", AppContext.BaseDirectory, [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);

    /// <summary>Starts a program.</summary>
    public static ChildProcess StartProgram(string program, string folder, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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
        while (Cpu - before > TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
