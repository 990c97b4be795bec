using System.Globalization;

namespace Onboarding.Benchmarks.Silos;

/// <summary>A process and its children, as Linux counts them.</summary>
internal static class ProcessTree
{
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int OwnTimes = 2;
    private const int AllTimes = 4;
    private const double TicksPerSecond = 100;

    /// <summary>CPU time of a process, of its children, and of children that have ended.</summary>
    public static TimeSpan Cpu(int id)
    {
        var all = Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(Read).OfType<string[]>();
        var self = Read($"/proc/{Text(id)}") ?? throw new InvalidOperationException($"process {id} has ended");
        var ticks = Times(self, AllTimes) + all.Where(each => each[Parent] == Text(id)).Sum(each => Times(each, OwnTimes));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    // proc(5): the fields after the name, which may hold anything but ends at the last parenthesis.
    private static string[]? Read(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Times(string[] fields, int count) => fields.Skip(FirstTime).Take(count).Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture));
}
