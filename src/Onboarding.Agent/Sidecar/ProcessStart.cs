using System.Globalization;

namespace Onboarding.Agent.Sidecar;

/// <summary>When a process started, in the kernel's ticks: with its id it names a process for good, since ids are used again.</summary>
internal static class ProcessStart
{
    // proc_pid_stat(5): field 22, counted after the name, which is in parentheses and may hold anything.
    private const int FieldAfterName = 19;

    public static long? Of(int process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isAlive = fields is [not ("Z" or "X"), ..];
            return isAlive && fields.Length > FieldAfterName && long.TryParse(fields[FieldAfterName], CultureInfo.InvariantCulture, out var ticks)
                ? ticks
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
