using Onboarding.Agent.Processes;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class IstioReleaseTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    [Theory]
    [InlineData("1.30.0\n", "1.30.0")]
    [InlineData("client version: 1.29.1-distroless\n", "1.29.1-distroless")]
    [InlineData("no version here\n", "unknown")]
    public async Task Find_PilotAgent_IsAsked(string output, string version)
    {
        root.PutScript(SidecarPaths.PilotAgent, "exit 0");
        var programs = new FakePrograms(_ => new ProgramResult(0, output, ""));

        (await IstioRelease.FindAsync(root.Files, programs, "canary", CancellationToken.None)).ShouldBe(new IstioRelease(version, "canary"));

        programs.Calls[0].Arguments.ShouldBe(["version", "--short"]);
    }

    [Fact]
    public async Task Find_NotInstalled_IsUnknown() =>
        (await IstioRelease.FindAsync(root.Files, new FakePrograms(_ => throw new InvalidOperationException()), null, CancellationToken.None))
            .ShouldBe(new IstioRelease("unknown", null));

    public void Dispose() => root.Dispose();
}
