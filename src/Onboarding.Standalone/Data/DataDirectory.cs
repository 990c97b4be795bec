namespace Onboarding.Standalone.Data;

/// <summary>The directory of everything this process keeps: 0700, its files 0600, one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly FileStream lockFile;

    private DataDirectory(string root, FileStream lockFile)
    {
        Root = root;
        this.lockFile = lockFile;
    }

    /// <summary>Its absolute path.</summary>
    public string Root { get; }

    /// <summary>Makes it where it is absent, checks its rights and takes it for this process.</summary>
    /// <exception cref="StartException">It is open to others, cannot be used, or belongs to a process that runs.</exception>
    public static DataDirectory Open(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(root, DirectoryMode);
            RefuseWider(root);
            foreach (var file in Directory.EnumerateFiles(root))
            {
                RefuseWider(file);
            }

            return new DataDirectory(root, Lock(Path.Combine(root, "lock")));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{root}: the data directory cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>The absolute path of a file in it.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Reads a small file; null: it is not there.</summary>
    public byte[]? Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllBytes(PathOf(name)) : null;

    /// <summary>Writes a small file whole and durably: after a crash either the old or the new one is there.</summary>
    public void Write(string name, ReadOnlySpan<byte> contents)
    {
        var draft = PathOf(name + ".new");
        File.Delete(draft);
        using (var stream = new FileStream(draft, OptionsFor(FileShare.None)))
        {
            stream.Write(contents);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, PathOf(name), overwrite: true);
    }

    /// <summary>Makes an empty file, for what would otherwise make it with other rights.</summary>
    public void Touch(string name)
    {
        using var stream = new FileStream(PathOf(name), OptionsFor(FileShare.ReadWrite));
    }

    /// <inheritdoc/>
    public void Dispose() => lockFile.Dispose();

    private static void RefuseWider(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != UnixFileMode.None)
        {
            throw new StartException($"{path}: others may read or change it (mode {Convert.ToString((int)mode, 8)}); it holds what they must not see: chmod go= '{path}'");
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, OptionsFor(FileShare.None));
        }
        catch (IOException taken)
        {
            throw new StartException($"{Path.GetDirectoryName(path)}: another process uses this data directory; stop it, or give this one a directory of its own", taken);
        }
    }

    private static FileStreamOptions OptionsFor(FileShare share) => new()
    {
        Mode = System.IO.FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        UnixCreateMode = FileMode,
    };
}
