using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Onboarding.Agent.Commands;
using Onboarding.Agent.Configuration;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Files;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Life;
using Onboarding.Agent.Logging;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Status;
using Onboarding.Agent.Unix;

namespace Onboarding.Agent;

/// <summary>The process: command line, signals, exit code.</summary>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error, for the log.</param>
/// <param name="time">The clock.</param>
/// <param name="variable">Reads a variable of the environment.</param>
/// <param name="metadata">What leads to the clouds' metadata services; null: the machine's own network.</param>
internal sealed partial class AgentProgram(
    TextWriter output, TextWriter errors, TimeProvider time, Func<string, string?> variable, HttpMessageHandler? metadata = null)
{
    private readonly LineLogger logger = new(errors, time);

    /// <summary>Runs to the end and gives the exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            return await RunAsync(AgentArguments.Parse(arguments), stop.Token);
        }
        catch (UsageException error)
        {
            await errors.WriteLineAsync($"{error.Message}\n\n{AgentArguments.Usage}");
            return ExitCodes.Usage;
        }
        catch (ConfigurationException error)
        {
            await errors.WriteLineAsync(error.Message);
            return ExitCodes.Configuration;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (Exception error)
        {
            Unexpected(logger, error.GetType().Name, error);
            return ExitCodes.Failure;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<int> RunAsync(AgentArguments arguments, CancellationToken stop)
    {
        switch (arguments.Command)
        {
            case AgentCommand.Help:
                await output.WriteLineAsync(AgentArguments.Usage);
                return ExitCodes.Success;
            case AgentCommand.Version:
                await output.WriteLineAsync($"onboarding-agent {AgentVersion.Current}");
                return ExitCodes.Success;
            case AgentCommand.Status:
                var status = new StatusCommand(new StatusFile(new RootedFiles(arguments.Root)), output, errors);
                return status.Run(arguments.Json) ? ExitCodes.Success : ExitCodes.Failure;
        }

        CoreDumps.Forbid();
        using var clouds = new CloudMetadata(metadata ?? MetadataTransport.CreateHandler(), new TimerDelay(time), Random.Shared, time, variable);
        var files = await ResolveAsync(new AgentFilesLoader(variable).Load(arguments), new MachineKind(new RootedFiles(arguments.Root), clouds), stop);
        using var composition = new Composition(files, arguments.Root, clouds, time, logger);
        var workload = await composition.DescribeAsync(stop);
        if (arguments.Command == AgentCommand.Check)
        {
            var check = new CheckCommand(composition.Enrollment(workload, keepsInstance: false), composition.Host, composition.Target, workload, output);
            return await check.RunAsync(stop) ? ExitCodes.Success : ExitCodes.Failure;
        }

        Starting(logger, AgentVersion.Current, workload.Group.ToString(), composition.Target.ToString());
        return await LiveAsync(composition, workload, stop);
    }

    private static async Task<AgentFiles> ResolveAsync(AgentFiles files, MachineKind kind, CancellationToken stop) =>
        files with { Agent = files.Agent with { Host = await kind.ResolveAsync(files.Agent.Host, stop) } };

    private async Task<int> LiveAsync(Composition composition, WorkloadDescription workload, CancellationToken stop)
    {
        var services = composition.Life(workload, Random.Shared);
        using var life = new AgentLife(services, composition.LocalBackoff(Random.Shared));
        try
        {
            await life.RunAsync(stop);
        }
        catch (UntrustedEndpointException error)
        {
            Untrusted(logger, error.Message);
            return ExitCodes.UntrustedEndpoint;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (await composition.Departure().IsForGoodAsync(CancellationToken.None))
            {
                await new Farewell(services, logger).LeaveAsync(life.Session);
            }
            else
            {
                HandedOver(logger);
            }
        }

        return ExitCodes.Success;
    }

    [LoggerMessage(1031, LogLevel.Information, "onboarding-agent {Version} joins {Group} at {Endpoint}")]
    private static partial void Starting(ILogger logger, string version, string group, string endpoint);

    [LoggerMessage(1032, LogLevel.Critical, "The agent stops, since it must not trust the endpoint: {Reason}")]
    private static partial void Untrusted(ILogger logger, string reason);

    [LoggerMessage(1034, LogLevel.Critical, "The agent stops, since something failed that should not: {Kind}")]
    private static partial void Unexpected(ILogger logger, string kind, Exception error);

    [LoggerMessage(1033, LogLevel.Information, "Stopped; registration and sidecar are left to the next agent")]
    private static partial void HandedOver(ILogger logger);
}
