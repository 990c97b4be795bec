using System.Runtime.InteropServices;
using Onboarding.Cli.Demo;

namespace Onboarding.Cli.Tests.Demo;

public sealed class DemoFilesTests : IDisposable
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void WriteProgram_UmaskThatLetsTheGroupWrite_IsStillTheOwnersAloneWithEveryDirectory()
    {
        var program = directory.PathOf("vm/usr/local/bin/program");
        var before = SetMask(0);
        try
        {
            DemoFiles.WriteProgram(program, "#!/bin/sh");
        }
        finally
        {
            _ = SetMask(before);
        }

        for (var path = program; path != directory.Path; path = Path.GetDirectoryName(path)!)
        {
            (File.GetUnixFileMode(path) & OfOthers).ShouldBe(UnixFileMode.None, path);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint SetMask(uint mask);
}
