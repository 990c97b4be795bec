using Onboarding.Agent.Files;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Files;

public sealed class TrustedExecutableTests : IDisposable
{
    private const UnixFileMode GroupWritable = FileForm.PublicDirectory | UnixFileMode.GroupWrite;
    private readonly TemporaryRoot root = new();

    [Fact]
    public void Resolve_OwnProgram_IsItsPath()
    {
        var program = root.PutScript("/bin/plugin", "exit 0");

        TrustedExecutable.Resolve(program).ShouldBe(program);
    }

    [Fact]
    public void Resolve_LinkToAnOwnProgram_IsTheProgram()
    {
        var program = root.PutScript("/lib/plugin", "exit 0");
        root.MakeDirectory("/bin");
        root.Link("/bin/plugin", "../lib/plugin");

        TrustedExecutable.Resolve(root.PathOf("/bin/plugin")).ShouldBe(program);
    }

    [Fact]
    public void Resolve_ProgramThatOthersMayWrite_IsRefused()
    {
        var program = root.PutScript("/bin/plugin", "exit 0");
        File.SetUnixFileMode(program, GroupWritable);

        Refusal(program).ShouldContain("others may write to it");
    }

    [Fact]
    public void Resolve_DirectoryThatOthersMayWrite_IsRefused()
    {
        var program = root.PutScript("/bin/plugin", "exit 0");
        File.SetUnixFileMode(root.PathOf("/bin"), GroupWritable);

        Refusal(program).ShouldContain($"others may write to the directory {root.PathOf("/bin")}");
    }

    [Fact]
    public void Resolve_StickyDirectoryThatHoldsTheProgram_IsRefused()
    {
        var program = root.PutScript("/tmp/plugin", "exit 0");
        File.SetUnixFileMode(root.PathOf("/tmp"), GroupWritable | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);

        Refusal(program).ShouldContain("others may write to the directory");
    }

    [Fact]
    public void Resolve_LinkToAProgramThatOthersMayWrite_IsRefused()
    {
        var program = root.PutScript("/lib/plugin", "exit 0");
        root.MakeDirectory("/bin");
        root.Link("/bin/plugin", program);
        File.SetUnixFileMode(root.PathOf("/lib"), GroupWritable);

        Refusal(root.PathOf("/bin/plugin")).ShouldContain("others may write");
    }

    [RootFact]
    public void Resolve_ProgramOfAnotherUser_IsRefused()
    {
        var program = root.PutScript("/bin/plugin", "exit 0");
        root.GiveToStranger("/bin/plugin");

        Refusal(program).ShouldContain("belongs to user 65534");
    }

    [RootFact]
    public void Resolve_DirectoryOfAnotherUserFurtherUp_IsRefused()
    {
        var program = root.PutScript("/home/bin/plugin", "exit 0");
        root.GiveToStranger("/home");

        Refusal(program).ShouldContain("belongs to user 65534");
    }

    [Theory]
    [InlineData("plugin")]
    [InlineData("./plugin")]
    public void Resolve_RelativePath_IsRefused(string path) => Refusal(path).ShouldContain("absolute");

    [Fact]
    public void Resolve_NoProgram_IsRefused() => Refusal(root.PathOf("/bin/plugin")).ShouldContain("there is no");

    [Fact]
    public void Resolve_Directory_IsRefused() => Refusal(root.MakeDirectory("/bin")).ShouldContain("not an executable file");

    [Fact]
    public void Resolve_FileWithoutTheExecutableBit_IsRefused() => Refusal(root.Put("/bin/plugin", "")).ShouldContain("not an executable file");

    public void Dispose() => root.Dispose();

    private static string Refusal(string path) => Should.Throw<UntrustedExecutableException>(() => TrustedExecutable.Resolve(path)).Message;
}
