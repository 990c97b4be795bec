using System.Collections.Immutable;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Labels;

namespace Onboarding.Core.Tests.Workloads;

public sealed class AgentLabelRulesTests
{
    private const string Path = "registration.workload.labels";
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    [Theory]
    [InlineData("team", "blue")]
    [InlineData("example.com/team", "")]
    [InlineData("notistio.io/x", "y")]
    [InlineData("io/x", "y")]
    public void Check_OrdinaryLabel_IsAllowed(string key, string value) => Check(key, value).ShouldBeNull();

    [Theory]
    [InlineData("istio.io/rev")]
    [InlineData("service.istio.io/canonical-name")]
    [InlineData("topology.kubernetes.io/zone")]
    [InlineData("node.k8s.io/x")]
    [InlineData("onboarding.tetrate.io/uid")]
    [InlineData("istio-locality")]
    public void ReservedLabel_Added_IsRefused(string key) => Check(key, "x").ShouldBe($"registration.workload.labels[\"{key}\"]: is a label that agents may not set");

    [Theory]
    [InlineData("", "x")]
    [InlineData("-a", "x")]
    [InlineData("a/b/c", "x")]
    [InlineData("Istio.io/rev", "x")]
    [InlineData("a", "two words")]
    [InlineData("a", "x\n")]
    public void Check_NoLabel_IsRefused(string key, string value) => Check(key, value).ShouldStartWith($"registration.workload.labels[\"{key}\"]: ");

    [Fact]
    public void Check_MoreThanSixteen_IsRefused()
    {
        var labels = Enumerable.Range(0, 17).ToDictionary(number => $"l{number}", _ => "x", StringComparer.Ordinal);

        AgentLabelRules.Check(labels, Path, Group()).ShouldBe("registration.workload.labels: must have at most 16 entries");
        labels.Remove("l0");
        AgentLabelRules.Check(labels, Path, Group()).ShouldBeNull();
    }

    [Fact]
    public void Check_GroupNamesWhatIsAllowed_NothingElseIs()
    {
        var group = Group("team, example.com/tier");

        AgentLabelRules.Check(Label("example.com/tier", "x"), Path, group).ShouldBeNull();
        AgentLabelRules.Check(Label("other", "x"), Path, group).ShouldNotBeNull();
        AgentLabelRules.Check(Label("team", "x"), Path, Group("")).ShouldNotBeNull();
    }

    [Fact]
    public void Compose_AgentsLabels_OverrideNothing()
    {
        var group = Group() with
        {
            Labels = None.Add("app", "group").Add("version", "v1"),
            Template = new WorkloadTemplate { Labels = None.Add("app", "template") },
        };

        WorkloadLabels.Compose(group, [new("app", "agent"), new("version", "v9"), new("more", "yes")]).ShouldBe(
        [
            new("app", "template"),
            new("more", "yes"),
            new("service.istio.io/canonical-name", "template"),
            new("service.istio.io/canonical-revision", "v1"),
            new("version", "v1"),
        ]);
    }

    [Fact]
    public void Compose_NothingNamesTheService_TakesTheGroup() =>
        WorkloadLabels.Compose(Group(), []).ShouldBe(
            [new("service.istio.io/canonical-name", "ratings"), new("service.istio.io/canonical-revision", "latest")]);

    private static string? Check(string key, string value) => AgentLabelRules.Check(Label(key, value), Path, Group());

    private static Dictionary<string, string> Label(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    private static WorkloadGroup Group(string? allowed = null) => new(
        new ObjectMeta
        {
            Namespace = "bookinfo",
            Name = "ratings",
            Annotations = allowed is null ? None : None.Add(WellKnownMetadata.AllowedLabelsAnnotation, allowed),
        },
        None,
        None,
        new WorkloadTemplate(),
        Probe: null);
}
