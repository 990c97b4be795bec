using Onboarding.Agent.Hosts;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Hosts;

public sealed class SystemNetworkViewTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    [Fact]
    public void DefaultRoutes_BothFamilies_AreOrderedByMetric()
    {
        root.Put(
            "/proc/net/route",
            """
            Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
            wlan0	00000000	0100A8C0	0003	0	0	600	00000000	0	0	0
            eth0	00000000	0100000A	0003	0	0	100	00000000	0	0	0
            eth2	00000000	0100000A	0003	0	0	0	000000FF	0	0	0
            """);
        root.Put(
            "/proc/net/ipv6_route",
            """
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000032 00000001 00000000 00000003     eth1
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
            """);

        new SystemNetworkView(root.Directory).DefaultRoutes().ShouldBe(["eth1", "eth0", "wlan0"]);
    }

    [Fact]
    public void DefaultRoutes_NoTables_AreNone() => new SystemNetworkView(root.Directory).DefaultRoutes().ShouldBeEmpty();

    [Fact]
    public void Interfaces_ThisMachine_HasItsLoopback() => new SystemNetworkView("/").Interfaces().ShouldContain(item => item.Name == "lo");

    public void Dispose() => root.Dispose();
}
