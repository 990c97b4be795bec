using Onboarding.Agent.Files;
using Onboarding.Agent.Processes;

namespace Onboarding.Agent.Life;

/// <summary>Asks systemd which job is pending for the agent's unit.</summary>
internal sealed class SystemdManager(RootedFiles files, IProgramRunner programs, bool startedBySystemd) : IServiceManager
{
    private const string Tool = "/usr/bin/systemctl";
    private static readonly Dictionary<string, string> NoEnvironment = [];

    public async Task<bool?> IsRestartingAsync(CancellationToken cancellationToken)
    {
        if (!startedBySystemd || Unit() is not { } unit)
        {
            return null;
        }

        try
        {
            var call = new ProgramCall(TrustedExecutable.Resolve(Tool), ["list-jobs", "--plain", "--no-legend", "--no-pager"], NoEnvironment, "", TimeSpan.FromSeconds(2));
            return JobOf(unit, (await programs.RunAsync(call, cancellationToken)).Output);
        }
        catch (Exception error) when (error is ProgramFailedException or UntrustedExecutableException)
        {
            return null;
        }
    }

    /// <summary>Reads lines of <c>JOB UNIT TYPE STATE</c> (systemctl(1)).</summary>
    internal static bool? JobOf(string unit, string jobs)
    {
        foreach (var line in jobs.Split('\n'))
        {
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, var name, var type, ..] && name == unit)
            {
                return type == "restart";
            }
        }

        return null;
    }

    /// <summary>The last part of the agent's control group, e.g. <c>0::/system.slice/onboarding-agent.service</c> (cgroups(7)).</summary>
    private string? Unit()
    {
        var file = files.PathOf("/proc/self/cgroup");
        var group = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal)) : null;
        var unit = group?[(group.LastIndexOf('/') + 1)..];
        return unit?.EndsWith(".service", StringComparison.Ordinal) == true ? unit : null;
    }
}
