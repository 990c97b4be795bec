using Onboarding.Agent.Processes;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Processes;

public sealed class ProgramRunnerTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly TemporaryRoot root = new();
    private readonly ProgramRunner sut = new(TimeProvider.System);

    [Fact]
    public async Task Run_Program_GivesInputAndTakesOutputErrorsAndExitCode()
    {
        var result = await RunAsync("cat; echo problem >&2; exit 3", "the request");

        result.ShouldBe(new ProgramResult(3, "the request", "problem\n"));
    }

    [Fact]
    public async Task Run_SecretInTheAgentsEnvironment_IsNotPassedOn()
    {
        Environment.SetEnvironmentVariable("AGENT_TEST_SECRET", "hunter2");

        var result = await RunAsync("env", environment: new(StringComparer.Ordinal) { ["OWN"] = "value" });

        result.Output.ShouldContain("OWN=value");
        result.Output.ShouldContain("PATH=");
        result.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Run_ShellCharactersInArguments_AreNotInterpreted()
    {
        var program = root.PutScript("/bin/program", "printf '%s' \"$1\"");

        var result = await sut.RunAsync(new ProgramCall(program, ["$(id); `id` && x"], Nothing, "", TimeSpan.FromMinutes(1)), CancellationToken.None);

        result.Output.ShouldBe("$(id); `id` && x");
    }

    [Fact]
    public async Task Run_ProgramThatNeverEnds_IsKilledAtTheTimeout()
    {
        var failure = await Should.ThrowAsync<ProgramFailedException>(RunAsync("exec sleep 600", timeout: TimeSpan.FromMilliseconds(50)));

        failure.Message.ShouldContain("was killed");
    }

    [Fact]
    public async Task Run_ProgramThatFloods_IsKilledAtTheLimit()
    {
        var failure = await Should.ThrowAsync<ProgramFailedException>(RunAsync("exec cat /dev/zero"));

        failure.Message.ShouldContain("wrote more than 65536 bytes");
    }

    [Fact]
    public async Task Run_ProgramThatReadsNothing_IsNoError()
    {
        var result = await RunAsync("exec <&-; echo ok", new string('x', 1 << 20));

        result.Output.ShouldBe("ok\n");
    }

    [Fact]
    public async Task Run_NotAProgram_SaysSo()
    {
        var file = root.Put("/bin/program", "\0not a program", Onboarding.Agent.Files.FileForm.PublicDirectory);

        var failure = await Should.ThrowAsync<ProgramFailedException>(
            sut.RunAsync(new ProgramCall(file, [], Nothing, "", TimeSpan.FromMinutes(1)), CancellationToken.None));

        failure.Message.ShouldContain("could not be started");
    }

    public void Dispose() => root.Dispose();

    private Task<ProgramResult> RunAsync(string body, string input = "", Dictionary<string, string>? environment = null, TimeSpan? timeout = null) =>
        sut.RunAsync(new ProgramCall(root.PutScript("/bin/program", body), [], environment ?? Nothing, input, timeout ?? TimeSpan.FromMinutes(1)), CancellationToken.None);
}
