using Onboarding.Yaml.Fields;

namespace Onboarding.Yaml.Tests.Fields;

public class KubernetesNameTests
{
    private static readonly string Long = new('a', 64);

    [Theory]
    [InlineData("app", true)]
    [InlineData("A.b_c-1", true)]
    [InlineData("app.kubernetes.io/name", true)]
    [InlineData("example.com/A_b", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a b", false)]
    [InlineData("/name", false)]
    [InlineData("prefix/", false)]
    [InlineData("a/b/c", false)]
    [InlineData("Example.com/a", false)]
    [InlineData("a..b/c", false)]
    [InlineData("ä", false)]
    public void CheckLabelKey_Text_FollowsKubernetes(string text, bool valid) => (KubernetesName.CheckLabelKey(text) is null).ShouldBe(valid);

    [Theory]
    [InlineData("", true)]
    [InlineData("v1.2_3-a", true)]
    [InlineData("a/b", false)]
    [InlineData("a ", false)]
    [InlineData("_a", false)]
    [InlineData("a\n", false)]
    public void CheckLabelValue_Text_FollowsKubernetes(string text, bool valid) => (KubernetesName.CheckLabelValue(text) is null).ShouldBe(valid);

    [Fact]
    public void Checks_TooLong_AreRefused()
    {
        KubernetesName.CheckLabelValue(Long).ShouldNotBeNull();
        KubernetesName.CheckLabelValue(Long[1..]).ShouldBeNull();
        KubernetesName.CheckLabelKey(Long).ShouldNotBeNull();
        KubernetesName.CheckLabelKey("example.com/" + Long[1..]).ShouldBeNull();
        KubernetesName.CheckLabel(Long).ShouldNotBeNull();
        KubernetesName.CheckSubdomain(Long).ShouldBeNull();
        KubernetesName.CheckSubdomain(string.Join('.', Enumerable.Repeat(Long[1..], 4))).ShouldNotBeNull();
        KubernetesName.CheckRevision(Long[8..]).ShouldBeNull();
        KubernetesName.CheckRevision(Long[7..]).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("a.b", false, true)]
    [InlineData("a-1", true, true)]
    [InlineData("A", false, false)]
    [InlineData("a.", false, false)]
    [InlineData("", false, false)]
    public void CheckLabelAndSubdomain_Text_FollowKubernetes(string text, bool label, bool subdomain)
    {
        (KubernetesName.CheckLabel(text) is null).ShouldBe(label);
        (KubernetesName.CheckSubdomain(text) is null).ShouldBe(subdomain);
    }
}
