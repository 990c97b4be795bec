using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Tests.Unix;

/// <summary>Row 21 of the threats: secrets in core dumps.</summary>
public sealed class CoreDumpsTests : IDisposable
{
    [Fact]
    public void Forbid_DumpOfTheAgentsMemory_IsNotMade()
    {
        CoreDumps.Forbid();

        LibC.ControlProcess(LibC.GetDumpable, 0).ShouldBe(0);
    }

    public void Dispose() => LibC.ControlProcess(LibC.SetDumpable, 1);
}
