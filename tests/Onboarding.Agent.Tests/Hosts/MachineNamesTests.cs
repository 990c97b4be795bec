using Onboarding.Agent.Hosts;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Hosts;

public sealed class MachineNamesTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void Find_NoHostsFile_AreTheHostNameShortAndWhole() =>
        MachineNames.Find(root.Files, "web1.corp.example").ShouldBe(["web1.corp.example", "web1"], ignoreOrder: true);

    [Fact]
    public void Find_LineOfTheHostName_HasItsOtherNamesToo()
    {
        root.Put("/etc/hosts", "127.0.0.1 localhost # web1\n127.0.1.1\tweb1.corp.example WEB1 intranet.corp.example\n192.0.2.7 web10.corp.example\n");

        MachineNames.Find(root.Files, "web1").ShouldBe(["web1", "web1.corp.example", "intranet.corp.example"], ignoreOrder: true);
    }

    [Fact]
    public void Find_AliasesOfTheAgentItself_AreNoNamesOfTheMachine()
    {
        root.Put("/etc/hosts", $"{HostsBlock.Begin}\n127.0.0.2 ratings.bookinfo.svc ratings\n{HostsBlock.End}\n");

        MachineNames.Find(root.Files, "ratings").ShouldBe(["ratings"]);
    }
}
