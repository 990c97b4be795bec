using Onboarding.Agent.Sidecar;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class HostsBlockTests
{
    private const string Lines = "192.0.2.1 istiod.istio-system.svc\n";
    private const string Block = HostsBlock.Begin + "\n" + Lines + HostsBlock.End + "\n";

    [Fact]
    public void Apply_NoBlock_IsAppended() => HostsBlock.Apply("127.0.0.1 localhost\n", Lines).ShouldBe("127.0.0.1 localhost\n" + Block);

    [Fact]
    public void Apply_LastLineWithoutLineFeed_IsEndedFirst() => HostsBlock.Apply("127.0.0.1 localhost", Lines).ShouldBe("127.0.0.1 localhost\n" + Block);

    [Fact]
    public void Apply_EmptyFile_IsTheBlock() => HostsBlock.Apply("", Lines).ShouldBe(Block);

    [Fact]
    public void Apply_OlderBlock_IsReplacedInItsPlace() =>
        HostsBlock.Apply($"a\n{HostsBlock.Begin}\nold\n{HostsBlock.End}\nb\n", Lines).ShouldBe("a\n" + Block + "b\n");

    [Fact]
    public void Apply_SameBlock_ChangesNothing() => HostsBlock.Apply("a\n" + Block + "b\n", Lines).ShouldBe("a\n" + Block + "b\n");

    [Fact]
    public void Apply_TwoBlocks_AreOneAgain() => HostsBlock.Apply(Block + "a\n" + Block, Lines).ShouldBe(Block + "a\n");

    [Fact]
    public void Apply_NoLines_TakesTheBlockOut() => HostsBlock.Apply("a\n" + Block + "b\n", "").ShouldBe("a\nb\n");

    [Fact]
    public void Apply_EndWasLost_KeepsWhatOthersWrote() =>
        HostsBlock.Apply($"a\n{HostsBlock.Begin}\n10.0.0.1 db\n", Lines).ShouldBe("a\n" + Block + "10.0.0.1 db\n");

    [Fact]
    public void Apply_MarkersWithCarriageReturns_AreStillTheBlock() =>
        HostsBlock.Apply($"a\r\n{HostsBlock.Begin}\r\nold\r\n{HostsBlock.End}\r\n", Lines).ShouldBe("a\r\n" + Block);
}
