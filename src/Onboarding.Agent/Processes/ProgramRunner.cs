using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Onboarding.Agent.Processes;

/// <summary>Runs programs with the operating system.</summary>
internal sealed class ProgramRunner(TimeProvider time) : IProgramRunner
{
    public async Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        using var process = Start(call);
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, call, stop.Token);
            var errors = ReadAsync(process.StandardError.BaseStream, call, stop.Token);
            await WriteAsync(process, call.Input, stop.Token);
            var result = (await output, await errors);
            await process.WaitForExitAsync(stop.Token);
            return new ProgramResult(process.ExitCode, result.Item1, result.Item2);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProgramFailedException($"{call.Path} did not end within {call.Timeout.TotalSeconds} s and was killed");
        }
        finally
        {
            Kill(process);
        }
    }

    private static Process Start(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.Path, call.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in MinimalEnvironment.Create(call.Environment))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new ProgramFailedException($"{call.Path} could not be started");
        }
        catch (Win32Exception error)
        {
            throw new ProgramFailedException($"{call.Path} could not be started: {error.Message}", error);
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read what it is asked; that is its choice.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, ProgramCall call, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var chunk = new byte[4096];
        for (var read = await stream.ReadAsync(chunk, cancellationToken); read > 0; read = await stream.ReadAsync(chunk, cancellationToken))
        {
            content.Write(chunk, 0, read);
            if (content.Length > ProgramCall.OutputLimit)
            {
                throw new ProgramFailedException($"{call.Path} wrote more than {ProgramCall.OutputLimit} bytes and was killed");
            }
        }

        return Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }
}
