using Onboarding.Standalone.Data;

namespace Onboarding.Standalone.Tests.Data;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Open_Absent_MadeForUsAlone()
    {
        using var data = DataDirectory.Open(directory.Path);

        File.GetUnixFileMode(directory.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Open_DirectoryOpenToOthers_Refused(UnixFileMode more)
    {
        Directory.CreateDirectory(directory.Path);
        File.SetUnixFileMode(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | more);

        Should.Throw<StartException>(() => DataDirectory.Open(directory.Path)).Message.ShouldContain("chmod go=");
    }

    [Fact]
    public void Open_FileOpenToOthers_RefusedAndNamed()
    {
        using (var data = DataDirectory.Open(directory.Path))
        {
            data.Write("keys.json", [1]);
        }

        var file = Path.Combine(directory.Path, "keys.json");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Should.Throw<StartException>(() => DataDirectory.Open(directory.Path)).Message.ShouldContain(file);
    }

    [Fact]
    public void Open_UsedByAnother_RefusedUntilItEnds()
    {
        using (DataDirectory.Open(directory.Path))
        {
            Should.Throw<StartException>(() => DataDirectory.Open(directory.Path)).Message.ShouldContain("another process");
        }

        DataDirectory.Open(directory.Path).Dispose();
    }

    [Fact]
    public void Open_AFileIsThere_Refused()
    {
        using var made = DataDirectory.Open(directory.Path);
        made.Write("file", [1]);

        Should.Throw<StartException>(() => DataDirectory.Open(made.PathOf("file"))).Message.ShouldContain("cannot be used");
    }

    [Fact]
    public void Write_Twice_TheLaterStaysAndNobodyElseReadsIt()
    {
        using var data = DataDirectory.Open(directory.Path);

        data.Write("uid", "a longer first"u8);
        data.Write("uid", "second"u8);

        data.Read("uid").ShouldBe("second"u8.ToArray());
        File.GetUnixFileMode(data.PathOf("uid")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Exists(data.PathOf("uid.new")).ShouldBeFalse();
    }

    [Fact]
    public void Read_Absent_Null()
    {
        using var data = DataDirectory.Open(directory.Path);

        data.Read("uid").ShouldBeNull();
    }
}
