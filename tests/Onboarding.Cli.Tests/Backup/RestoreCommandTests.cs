using System.Formats.Tar;
using Onboarding.Core.Backup;

namespace Onboarding.Cli.Tests.Backup;

public sealed class RestoreCommandTests : IDisposable
{
    private const string Registration = "registrations/bookinfo/ratings-jwt-corp--vm1.yaml";
    private static readonly DateTimeOffset TakenAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();

    private string Archive => directory.PathOf("backup.tar");

    private string Data => directory.PathOf("data");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Run_AWholeBackup_MakesTheDirectoryForItsOwnerAlone()
    {
        WriteArchive(File("entities.db", "rows"), File(Registration, "kind: x"));

        var run = await RestoreAsync();

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("uid https://onboarding.example");
        run.Error.ShouldContain("no signing keys");
        System.IO.File.ReadAllText(Path.Combine(Data, "entities.db")).ShouldBe("rows");
        System.IO.File.ReadAllText(Path.Combine(Data, Registration)).ShouldBe("kind: x");
        foreach (var path in Directory.EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories).Append(Data))
        {
            (System.IO.File.GetUnixFileMode(path) & (UnixFileMode)0b111_111).ShouldBe(UnixFileMode.None, path);
        }
    }

    [Fact]
    public async Task Run_ADirectoryThatHoldsSomething_IsLeftAlone()
    {
        WriteArchive(File("entities.db", "rows"));
        directory.Write("data/entities.db", "precious");

        var run = await RestoreAsync();

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("holds something");
        System.IO.File.ReadAllText(Path.Combine(Data, "entities.db")).ShouldBe("precious");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/outside")]
    [InlineData("registrations/../../outside.yaml")]
    [InlineData("registrations/bookinfo/../../x.yaml")]
    [InlineData("lock")]
    public async Task Attempt_AnEntryThatLeadsOutOfTheDirectory_IsRefusedAndNothingIsMade(string name)
    {
        WriteArchive(File("entities.db", "rows"), File(name, "hostile"));

        await ShouldBeRefusedAsync($"it has an entry '{name}'");
    }

    [Fact]
    public async Task Attempt_ALinkInsteadOfAFile_IsRefusedAndNothingIsMade()
    {
        WriteArchive(new PaxTarEntry(TarEntryType.SymbolicLink, "entities.db") { LinkName = "/etc/passwd" });

        await ShouldBeRefusedAsync("it has an entry 'entities.db'");
    }

    [Fact]
    public async Task Run_ABackupThatIsCutOff_IsRefusedAndNothingIsMade()
    {
        WriteArchive(File(Registration, new string('x', 5000)), File("entities.db", "rows"));
        await using (var file = System.IO.File.OpenWrite(Archive))
        {
            file.SetLength(4096);
        }

        await ShouldBeRefusedAsync("no whole backup");
    }

    [Fact]
    public async Task Run_WithoutADatabase_IsRefusedAndNothingIsMade()
    {
        WriteArchive(File("uid", "x"));

        await ShouldBeRefusedAsync("it ends before the database");
    }

    [Fact]
    public async Task Run_ABackupOfALaterFormat_SaysWhichReleaseMadeIt()
    {
        WriteArchive(new BackupContents(2, "9.0.0", TakenAt, "https://onboarding.example", HasKeys: false), File("entities.db", "rows"));

        await ShouldBeRefusedAsync("made by release 9.0.0");
    }

    [Fact]
    public async Task Run_AFileThatIsNoBackup_IsRefusedAndNothingIsMade()
    {
        directory.Write("backup.tar", "nothing of the kind");

        await ShouldBeRefusedAsync("backup");
    }

    private static PaxTarEntry File(string name, string contents) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(contents)) };

    private void WriteArchive(params PaxTarEntry[] entries) =>
        WriteArchive(new BackupContents(BackupArchive.Format, "0.1.0", TakenAt, "https://onboarding.example", HasKeys: false), entries);

    private void WriteArchive(BackupContents contents, params PaxTarEntry[] entries)
    {
        using var writer = new TarWriter(System.IO.File.Create(Archive), TarEntryFormat.Pax);
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupArchive.Contents) { DataStream = new MemoryStream(contents.ToJson()) });
        Array.ForEach(entries, writer.WriteEntry);
    }

    private Task<Cli> RestoreAsync() => Cli.RunAsync("restore", "--from", Archive, "--data", Data);

    private async Task ShouldBeRefusedAsync(string message)
    {
        var run = await RestoreAsync();

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain(message);
        Directory.Exists(Data).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(directory.Path).ShouldBe([Archive]);
    }
}
