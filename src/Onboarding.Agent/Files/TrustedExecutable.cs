using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Files;

/// <summary>
/// Decides whether a program may be run with the agent's rights: it and every directory on its way belong to root or the agent's user and are
/// writable by nobody else. A directory further up may be writable by others if it is sticky, as <c>/tmp</c> is.
/// </summary>
internal static class TrustedExecutable
{
    private const int MaxLinks = 8;

    /// <summary>The program's path without links.</summary>
    /// <exception cref="UntrustedExecutableException">It is not there, not a program, or others may change it.</exception>
    public static string Resolve(string path)
    {
        if (!Path.IsPathRooted(path))
        {
            throw new UntrustedExecutableException($"{path}: give an absolute path");
        }

        var steps = new Stack<string>(StepsOf(path).Reverse());
        var links = 0;
        var at = "/";
        while (steps.TryPop(out var step))
        {
            if (step == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = Path.Join(at, step);
            var status = StatusOf(next, path);
            if (status.IsLink)
            {
                RequireDirectory(at, isLast: true, path);
                at = ++links <= MaxLinks ? Follow(next, at, steps) : throw new UntrustedExecutableException($"{path}: too many symbolic links");
                continue;
            }

            RequireDirectory(at, isLast: steps.Count == 0, path);
            at = next;
        }

        return RequireProgram(at, path);
    }

    private static string[] StepsOf(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(step => step != ".")];

    private static string Follow(string link, string at, Stack<string> steps)
    {
        var target = new FileInfo(link).LinkTarget ?? throw new UntrustedExecutableException($"{link}: changed while it was looked at");
        foreach (var step in StepsOf(target).Reverse())
        {
            steps.Push(step);
        }

        return Path.IsPathRooted(target) ? "/" : at;
    }

    private static void RequireDirectory(string directory, bool isLast, string path)
    {
        var status = StatusOf(directory, path);
        if (!status.BelongsToUs)
        {
            throw new UntrustedExecutableException($"{path}: the directory {directory} belongs to user {status.User}; it must belong to root or the agent's user");
        }

        if (status.IsWritableByOthers && (isLast || !status.IsSticky))
        {
            throw new UntrustedExecutableException($"{path}: others may write to the directory {directory}; run: chmod go-w {directory}");
        }
    }

    private static string RequireProgram(string file, string path)
    {
        var status = StatusOf(file, path);
        if (!status.IsRegular || !status.IsExecutable)
        {
            throw new UntrustedExecutableException($"{path}: is not an executable file");
        }

        if (!status.BelongsToUs)
        {
            throw new UntrustedExecutableException($"{path}: belongs to user {status.User}; it must belong to root or the agent's user");
        }

        return status.IsWritableByOthers
            ? throw new UntrustedExecutableException($"{path}: others may write to it; run: chmod go-w {file}")
            : file;
    }

    private static FileStatus StatusOf(string step, string path) =>
        FileStatus.Of(step) ?? throw new UntrustedExecutableException($"{path}: there is no {step}");
}
