using System.Runtime.InteropServices;
using System.Text;
using Onboarding.Agent.Files;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>A directory that stands for the machine's root, and goes with the test.</summary>
internal sealed partial class TemporaryRoot : IDisposable
{
    private const uint Stranger = 65534;

    public TemporaryRoot()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("onboarding-agent-test-").FullName;
        Files = new RootedFiles(Directory);
    }

    public string Directory { get; }

    public RootedFiles Files { get; }

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    public string PathOf(string path) => Path.Join(Directory, path);

    public string Read(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(PathOf(path)));

    public bool Has(string path) => File.Exists(PathOf(path));

    public UnixFileMode ModeOf(string path) => File.GetUnixFileMode(PathOf(path));

    public string Put(string path, string content, UnixFileMode mode = FileForm.PublicFile)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(PathOf(path), content);
        File.SetUnixFileMode(PathOf(path), mode);
        return PathOf(path);
    }

    /// <summary>An executable script.</summary>
    public string PutScript(string path, string body) => Put(path, $"#!/bin/sh\n{body}\n", FileForm.PublicDirectory);

    public string MakeDirectory(string path)
    {
        var at = Directory;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Join(at, step);
            if (!System.IO.Directory.Exists(at))
            {
                System.IO.Directory.CreateDirectory(at);
                File.SetUnixFileMode(at, FileForm.PublicDirectory);
            }
        }

        return at;
    }

    public void Link(string path, string target) => File.CreateSymbolicLink(PathOf(path), target);

    /// <summary>Gives a file, or a link itself, to another user; only root can.</summary>
    public void GiveToStranger(string path) => ChangeOwner(PathOf(path), Stranger, Stranger).ShouldBe(0);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
