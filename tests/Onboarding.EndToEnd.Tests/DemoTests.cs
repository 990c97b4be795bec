using Onboarding.EndToEnd.Tests.Support;

namespace Onboarding.EndToEnd.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly string temporary = Directory.CreateTempSubdirectory("onboarding-demo-test-").FullName;

    public void Dispose() => Directory.Delete(temporary, recursive: true);

    [Fact]
    public async Task Demo_RunToItsEnd_ExitsWith0AndLeavesNoFileAndNoProcess()
    {
        await using var demo = ProgramProcess.Start(Executables.Onboardctl, ["demo"], ("TMPDIR", temporary));

        (await demo.ExitAsync()).ShouldBe(0, demo.Output());

        demo.Output().ShouldContain("Its WorkloadEntry and WorkloadAutoRegistration are gone.");
        Directory.GetFileSystemEntries(temporary).ShouldBeEmpty();
        ProcessTable.Using(temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_StoppedHalfway_LeavesNoFileAndNoProcess()
    {
        await using var demo = ProgramProcess.Start(Executables.Onboardctl, ["demo"], ("TMPDIR", temporary), ("DOTNET_EnableDiagnostics", "0"));
        await demo.SaysAsync("A VM joins group");

        (await demo.TerminateAsync()).ShouldNotBe(0, demo.Output());

        Directory.GetFileSystemEntries(temporary).ShouldBeEmpty();
        ProcessTable.Using(temporary).ShouldBeEmpty();
    }
}
