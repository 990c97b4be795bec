namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>Linux' <c>/proc</c>.</summary>
internal static class ProcessTable
{
    /// <summary>Command lines of the processes that name a directory there, or hold a file open below it: also one that has been deleted.</summary>
    public static string[] Using(string directory) =>
        [.. Directory.GetDirectories("/proc").Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0])).Where(process => Uses(process, directory)).Select(CommandLine)];

    private static bool Uses(string process, string directory) =>
        CommandLine(process).Contains(directory, StringComparison.Ordinal)
        || OpenFiles(process).Any(file => file.StartsWith(directory, StringComparison.Ordinal));

    private static string CommandLine(string process) =>
        Look(() => File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '), "");

    private static IEnumerable<string> OpenFiles(string process) =>
        Look(() => Directory.GetFileSystemEntries(Path.Combine(process, "fd")), []).Select(file => Look(() => new FileInfo(file).LinkTarget, null) ?? "");

    // A process may end while it is looked at, and another user's may not be looked at.
    private static T Look<T>(Func<T> look, T otherwise)
    {
        try
        {
            return look();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
