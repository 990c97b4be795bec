using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Files;

/// <summary>
/// Files below a root directory. Every step of a path is taken from an open directory without following links, so that nobody who owns
/// a directory on the way can redirect a write (see <see cref="DirectoryWalk"/>). Paths are absolute, as seen from the root.
/// </summary>
/// <param name="root">The root; <c>/</c> on a real VM.</param>
internal sealed class RootedFiles(string root)
{
    private const int ReadLimit = 4 << 20;

    public string Root => root;

    /// <summary>The path of a file as other programs see it.</summary>
    public string PathOf(string path) => Path.Join(root, path);

    /// <summary>The bytes of a regular file, at most 4 MiB; null where there is none or a link is in its place.</summary>
    public byte[]? Read(string path)
    {
        using var walk = DirectoryWalk.TryTo(root, path);
        return walk is null || FileStatus.Of(walk.Directory, walk.Name) is not { IsRegular: true }
            ? null
            : ReadAll(walk.Directory, walk.Name, path);
    }

    /// <summary>Writes a file whole or not at all: temporary file, fsync, rename. A link in its place is replaced, not followed.</summary>
    public void Write(string path, ReadOnlySpan<byte> content, FileForm form)
    {
        using var walk = DirectoryWalk.To(root, path, form);
        var temporary = $".{walk.Name}.{RandomNumberGenerator.GetHexString(16)}";
        var renamed = false;
        try
        {
            using (var file = Open(walk.Directory, temporary, LibC.WriteOnly | LibC.Create | LibC.Exclusive, path))
            {
                RandomAccess.Write(file, content, 0);
                Check(LibC.ChangeMode(file, (uint)form.Mode), path);
                if (form.Owner is { } owner)
                {
                    Check(LibC.ChangeOwner(file, owner.User, owner.Group), path);
                }

                Check(LibC.Synchronize(file), path);
            }

            Check(LibC.RenameAt(walk.Directory, temporary, walk.Directory, walk.Name), path);
            renamed = true;
            Check(LibC.Synchronize(walk.Directory), path);
        }
        finally
        {
            if (!renamed)
            {
                _ = LibC.UnlinkAt(walk.Directory, temporary, 0);
            }
        }
    }

    /// <summary>
    /// Replaces the content of a file that must stay the same file: a bind mount, or one with labels of its own. A link that belongs to root
    /// or the agent is followed. Absent ⇒ it is made.
    /// </summary>
    public void Rewrite(string path, ReadOnlySpan<byte> content)
    {
        using var walk = DirectoryWalk.To(root, path, new FileForm(FileForm.PublicFile), followName: true);
        if (FileStatus.Of(walk.Directory, walk.Name) is null)
        {
            Write(path, content, new FileForm(FileForm.PublicFile));
            return;
        }

        using var file = Open(walk.Directory, walk.Name, LibC.ReadWrite, path);
        RandomAccess.Write(file, content, 0);
        Check(LibC.Truncate(file, content.Length), path);
        Check(LibC.Synchronize(file), path);
    }

    /// <summary>The bytes of a file as <see cref="Rewrite"/> would find it; null where there is none.</summary>
    public byte[]? ReadForRewrite(string path)
    {
        using var walk = DirectoryWalk.TryTo(root, path, followName: true);
        return walk is null || FileStatus.Of(walk.Directory, walk.Name) is null ? null : ReadAll(walk.Directory, walk.Name, path);
    }

    /// <summary>Removes a file or link; false where there is none.</summary>
    public bool Delete(string path)
    {
        using var walk = DirectoryWalk.TryTo(root, path);
        if (walk is null || FileStatus.Of(walk.Directory, walk.Name) is null)
        {
            return false;
        }

        Check(LibC.UnlinkAt(walk.Directory, walk.Name, 0), path);
        return true;
    }

    /// <summary>Whether a file is there.</summary>
    public bool Exists(string path)
    {
        using var walk = DirectoryWalk.TryTo(root, path);
        return walk is not null && FileStatus.Of(walk.Directory, walk.Name) is not null;
    }

    private static byte[] ReadAll(SafeFileHandle directory, string name, string path)
    {
        using var file = Open(directory, name, LibC.ReadOnly, path);
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        using var content = new MemoryStream();
        var chunk = new byte[8192];
        for (var read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
        {
            content.Write(chunk, 0, read);
            if (content.Length > ReadLimit)
            {
                throw new IOException($"{path}: larger than {ReadLimit} bytes");
            }
        }

        return content.ToArray();
    }

    private static SafeFileHandle Open(SafeFileHandle directory, string name, int flags, string path)
    {
        var file = LibC.OpenAt(directory, name, flags | LibC.NoFollow | LibC.CloseOnExec, (uint)FileForm.PrivateFile);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw UnixError.Last(path);
    }

    private static void Check(int result, string path)
    {
        if (result != 0)
        {
            throw UnixError.Last(path);
        }
    }
}
