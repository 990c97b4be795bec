using Onboarding.Agent.Processes;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Processes;

public sealed class PluginTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly RecordingLogger logger = new();

    [Fact]
    public async Task Call_Plugin_DescribesTheCallInItsEnvironment()
    {
        var answer = await CallAsync("echo \"$PLUGIN_NAME $RPC_SERVICE_NAME $RPC_METHOD_NAME $REGION $1\"; cat");

        answer.ShouldBe("jwt some.Service GetCredential eu -v\n{\"audience\":\"uid\"}");
    }

    [Fact]
    public async Task Call_ConfiguredVariableWithTheNameOfOurs_OursWins()
    {
        var answer = await CallAsync("echo $PLUGIN_NAME", new(StringComparer.Ordinal) { ["PLUGIN_NAME"] = "other" });

        answer.ShouldBe("jwt\n");
    }

    [Fact]
    public async Task Call_StatusAndExitCode_BecomeTheFailure()
    {
        var failure = await Should.ThrowAsync<ProgramFailedException>(CallAsync("echo '{\"code\": 7, \"message\": \"no such role\"}'; exit 1"));

        failure.Message.ShouldBe("plugin jwt ended with exit code 1: code 7, no such role");
    }

    [Fact]
    public async Task Call_StandardError_IsLoggedAsOneLine()
    {
        await CallAsync("printf 'first\\nsecond' >&2; echo {}");

        logger.Lines.ShouldBe(["Plugin jwt says: first second"]);
    }

    [Fact]
    public async Task Call_PluginThatOthersMayWrite_IsNotRun()
    {
        var path = root.PutScript("/bin/plugin", "touch ran");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherRead);
        var programs = new FakePrograms(_ => new ProgramResult(0, "{}", ""));

        await Should.ThrowAsync<ProgramFailedException>(Plugin("jwt", path, programs).CallAsync("s", "m", "{}", CancellationToken.None));

        programs.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../../bin/sh")]
    [InlineData("JWT")]
    [InlineData("")]
    public async Task Call_NameThatIsAPath_IsRefused(string name)
    {
        var failure = await Should.ThrowAsync<ProgramFailedException>(
            Plugin(name, null, new FakePrograms(_ => new ProgramResult(0, "{}", ""))).CallAsync("s", "m", "{}", CancellationToken.None));

        failure.Message.ShouldContain("[a-z0-9-]+");
    }

    [Fact]
    public async Task Call_NotOnPath_NamesTheFileThatIsLookedFor()
    {
        var failure = await Should.ThrowAsync<ProgramFailedException>(
            Plugin("no-such", null, new FakePrograms(_ => new ProgramResult(0, "{}", ""))).CallAsync("s", "m", "{}", CancellationToken.None));

        failure.Message.ShouldContain("onboarding-agent-no-such-plugin");
    }

    public void Dispose() => root.Dispose();

    private Task<string> CallAsync(string body, Dictionary<string, string>? environment = null) =>
        new Plugin("jwt", root.PutScript("/bin/plugin", body), ["-v"], environment ?? new(StringComparer.Ordinal) { ["REGION"] = "eu" }, TimeSpan.FromMinutes(1), new ProgramRunner(TimeProvider.System), logger)
            .CallAsync("some.Service", "GetCredential", "{\"audience\":\"uid\"}", CancellationToken.None);

    private Plugin Plugin(string name, string? path, IProgramRunner programs) =>
        new(name, path, [], new Dictionary<string, string>(StringComparer.Ordinal), TimeSpan.FromMinutes(1), programs, logger);
}
