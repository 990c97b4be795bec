using System.Text.Json.Nodes;
using Onboarding.Cli.Tests.Workloads;

namespace Onboarding.Cli.Tests.Administration;

public sealed class AdministrationCommandsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Backup_WritesWhatTheEndpointSendsForItsOwnerAlone()
    {
        await using var server = await ServeAsync("/v1/backup", "archive");
        var file = directory.PathOf("backup.tar");

        var run = await RunAsync("backup", "--out", file);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        File.ReadAllText(file).ShouldBe("archive");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Backup_AFileThatIsThere_IsLeftAlone()
    {
        await using var server = await ServeAsync("/v1/backup", "archive");
        var file = directory.Write("backup.tar", "precious");

        var run = await RunAsync("backup", "--out", file);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("nothing is overwritten");
        File.ReadAllText(file).ShouldBe("precious");
    }

    [Fact]
    public async Task Backup_RefusedByTheEndpoint_LeavesNoFile()
    {
        await using var server = await ServeAsync("/v1/backup", "archive");
        var file = directory.PathOf("backup.tar");

        var run = await RunAsync("backup", "--with-keys", "--out", file);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("404");
        Directory.EnumerateFiles(directory.Path, "backup*").ShouldBeEmpty();
    }

    [Fact]
    public async Task KeysRotate_ShowsWhichKeySigns()
    {
        await using var server = await ServeAsync(
            "/v1/keys/rotate",
            """{"keys":[{"kid":"old","createdAt":"2026-01-01T00:00:00Z","signs":false},{"kid":"new","createdAt":"2026-03-01T00:00:00Z","signs":true}]}""");

        var run = await RunAsync("keys", "rotate");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldMatch(@"old\s+2026-01-01T00:00:00Z\s+no");
        run.Output.ShouldMatch(@"new\s+2026-03-01T00:00:00Z\s+yes");
    }

    [Fact]
    public async Task KeysRotate_AsJson_IsWhatTheEndpointSays()
    {
        await using var server = await ServeAsync("/v1/keys/rotate?replace=true", """{"keys":[{"kid":"new","createdAt":"2026-03-01T00:00:00Z","signs":true}]}""");

        var run = await RunAsync("keys", "rotate", "--replace", "--output", "json");

        ((string?)JsonNode.Parse(run.Output)!["keys"]![0]!["kid"]).ShouldBe("new");
    }

    [Fact]
    public async Task LogLevel_Shown_ListsWhatWasSet()
    {
        await using var server = await ServeAsync("/v1/log-levels", """{"levels":{"Onboarding.Core":"Debug"}}""");

        (await RunAsync("log-level")).Output.ShouldMatch(@"Onboarding\.Core\s+Debug");
    }

    [Theory]
    [InlineData("give a level, too", "Onboarding")]
    [InlineData("'Loud'", "Onboarding", "Loud")]
    public async Task LogLevel_WithoutALevelThatThereIs_SaysWhichThereAre(string message, params string[] arguments)
    {
        var run = await RunAsync(["log-level", .. arguments]);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain(message);
        run.Error.ShouldContain("Information");
    }

    private Task<Cli> RunAsync(params string[] arguments) => Cli.RunAsync([.. arguments, "--data", directory.Path]);

    private Task<FakeAdministration> ServeAsync(string path, string answer) =>
        FakeAdministration.StartAsync(directory.PathOf("admin.sock"), new(StringComparer.Ordinal) { [path] = answer });
}
