using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Onboarding.Cli.Demo;

/// <summary>A program of the demo. It writes to files, so that it can outlive this process, and has a session of its own, so that Ctrl-C reaches only us.</summary>
internal sealed class DemoProcess : IDisposable
{
    private const int SigTerm = 15;
    private readonly Process process;

    private DemoProcess(Process process, string log) => (this.process, Log) = (process, log);

    /// <summary>File with its error stream.</summary>
    public string Log { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <exception cref="CliException">It cannot be started.</exception>
    public static DemoProcess Start(string output, string log, string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in (ReadOnlySpan<string>)["-c", "o=$1 e=$2; shift 2; exec setsid \"$@\" >>\"$o\" 2>>\"$e\" </dev/null", "demo", output, log, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // Its debugger's pipes would stay in the temporary directory when it is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new DemoProcess(Process.Start(start) ?? throw new CliException($"{program} could not be started"), log);
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, SigTerm);
        }

        return await ExitAsync(cancellationToken);
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Ends it and all it started, if it still runs.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => process.Dispose();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
