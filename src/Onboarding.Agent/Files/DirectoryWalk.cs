using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Files;

/// <summary>
/// The way from the root to the directory of a file, taken one open directory at a time. A link on the way is followed only if it, and the
/// directory it lies in, belong to root or the agent and nobody else can change them (<c>/var/run</c>, Istio's <c>/etc/istio</c>); its target is read as
/// seen from the root, and <c>..</c> does not leave it.
/// </summary>
internal sealed class DirectoryWalk : IDisposable
{
    private const int MaxLinks = 8;
    private readonly List<SafeFileHandle> opened = [];
    private readonly string path;
    private readonly FileForm? form;
    private int links;

    private DirectoryWalk(string root, string path, FileForm? form)
    {
        this.path = path;
        this.form = form;
        opened.Add(OpenDirectory(LibC.Open(root, LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec, 0), root));
    }

    /// <summary>The directory that holds the file.</summary>
    public SafeFileHandle Directory => opened[^1];

    /// <summary>The file's name in it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Walks to a file; null where a directory is missing.</summary>
    public static DirectoryWalk? TryTo(string root, string path, bool followName = false) =>
        Start(root, path, form: null, followName) is var walk && walk.Name.Length > 0 ? walk : walk.Abandon();

    /// <summary>Walks to a file and makes the directories that are missing.</summary>
    public static DirectoryWalk To(string root, string path, FileForm form, bool followName = false) => Start(root, path, form, followName);

    public void Dispose() => opened.ForEach(directory => directory.Dispose());

    private static DirectoryWalk Start(string root, string path, FileForm? form, bool followName)
    {
        var walk = new DirectoryWalk(root, path, form);
        try
        {
            walk.Take(new Stack<string>(Steps(path).Reverse()), followName);
            return walk;
        }
        catch
        {
            walk.Dispose();
            throw;
        }
    }

    private static string[] Steps(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private void Take(Stack<string> steps, bool followName)
    {
        while (steps.TryPop(out var step))
        {
            var isName = steps.Count == 0;
            if (step is "." or "..")
            {
                Up(step);
            }
            else if (isName && !(followName && FileStatus.Of(Directory, step) is { IsLink: true }))
            {
                Name = step;
                return;
            }
            else if (FileStatus.Of(Directory, step) is { IsLink: true } link)
            {
                Follow(step, link, steps);
            }
            else if (!Enter(step, isLast: steps.Count == 1))
            {
                return;
            }
        }

        throw new IOException($"{path}: names a directory");
    }

    private DirectoryWalk? Abandon()
    {
        Dispose();
        return null;
    }

    private void Up(string step)
    {
        if (step == ".." && opened.Count > 1)
        {
            opened[^1].Dispose();
            opened.RemoveAt(opened.Count - 1);
        }
    }

    private void Follow(string step, FileStatus link, Stack<string> steps)
    {
        var holder = FileStatus.Of(Directory, ".");
        var isSafe = link.BelongsToUs && holder is { BelongsToUs: true } && (!holder.IsWritableByOthers || holder.IsSticky);
        if (!isSafe || ++links > MaxLinks)
        {
            throw new IOException($"{path}: '{step}' on the way is a symbolic link that others may change; it is not followed");
        }

        var buffer = new byte[4096];
        var length = LibC.ReadLinkAt(Directory, step, buffer, (nuint)buffer.Length);
        if (length <= 0 || length == buffer.Length)
        {
            throw UnixError.Last(path);
        }

        var target = Encoding.UTF8.GetString(buffer, 0, (int)length);
        while (target.StartsWith('/') && opened.Count > 1)
        {
            Up("..");
        }

        foreach (var next in Steps(target).Reverse())
        {
            steps.Push(next);
        }
    }

    private bool Enter(string step, bool isLast)
    {
        const int flags = LibC.ReadOnly | LibC.CloseOnExec;
        var descriptor = LibC.OpenAt(Directory, step, flags | LibC.Directory | LibC.NoFollow, 0);
        if (descriptor >= 0 || Marshal.GetLastPInvokeError() != LibC.NoSuchEntry)
        {
            opened.Add(OpenDirectory(descriptor, path));
            return true;
        }

        if (form is null)
        {
            return false;
        }

        var mode = isLast ? form.DirectoryMode : FileForm.PublicDirectory;
        if (LibC.MakeDirectoryAt(Directory, step, (uint)mode) != 0 && Marshal.GetLastPInvokeError() != LibC.EntryExists)
        {
            throw UnixError.Last(path);
        }

        var made = OpenDirectory(LibC.OpenAt(Directory, step, flags | LibC.Directory | LibC.NoFollow, 0), path);
        opened.Add(made);
        if (LibC.ChangeMode(made, (uint)mode) != 0
            || (form.Owner is { } owner && LibC.ChangeOwner(made, owner.User, owner.Group) != 0))
        {
            throw UnixError.Last(path);
        }

        return true;
    }

    private static SafeFileHandle OpenDirectory(int descriptor, string path) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw UnixError.Last(path);
}
