using Onboarding.Core.Resources.Manifests;

namespace Onboarding.Core.Tests.Resources.Manifests;

public class ManifestReaderTests
{
    private const string Group = "apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: ratings, namespace: bookinfo}\n";
    private const string Policy = "apiVersion: authorization.onboarding.tetrate.io/v1alpha1\nkind: OnboardingPolicy\nmetadata: {name: p, namespace: bookinfo}\n";
    private const string ValidSpec = "spec: {allow: [{workloads: [{jwt: {issuer: https://a.example}}], onboardTo: [{workloadGroupSelector: {}}]}]}\n";

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    [InlineData("v1alpha3")]
    public void Read_VersionsOfIstio_AreReadAlike(string version) =>
        ManifestReader.Read(Group.Replace("io/v1", "io/" + version, StringComparison.Ordinal), "f.yaml").WorkloadGroups.Single().Metadata.Name.ShouldBe("ratings");

    [Fact]
    public void Read_ManyDocuments_AreSortedByKind()
    {
        var manifest = ManifestReader.Read(
            $"{Group}---\n{Policy}{ValidSpec}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: istio, namespace: istio-system}}\ndata: {{mesh: \"a: 1\"}}\n"
            + "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: s}\n",
            "f.yaml");

        manifest.IsBroken.ShouldBeFalse();
        manifest.Problems.ShouldBeEmpty();
        (manifest.WorkloadGroups.Length, manifest.Policies.Length, manifest.ConfigMaps.Length, manifest.Services.Length, manifest.Sidecars.Length).ShouldBe((1, 1, 1, 1, 1));
        manifest.ConfigMaps.Single().Data["mesh"].ShouldBe("a: 1");
    }

    [Fact]
    public void Read_ListOfKubectl_IsItsItems()
    {
        var manifest = ManifestReader.Read(
            """{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "networking.istio.io/v1", "kind": "WorkloadGroup", "metadata": {"name": "a"}}]}""", "f.json");

        manifest.IsBroken.ShouldBeFalse();
        manifest.WorkloadGroups.Single().Metadata.Name.ShouldBe("a");
    }

    [Fact]
    public void Read_KindsOfOthers_AreIgnoredWithANote()
    {
        var manifest = ManifestReader.Read("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n", "f.yaml");

        manifest.IsBroken.ShouldBeFalse();
        manifest.Problems.Single().ToString().ShouldBe("f.yaml:2: warning: kind: Deployment of apps/v1 is ignored");
    }

    [Theory]
    [InlineData("apiVersion: authorization.onboarding.tetrate.io/v1alpha1\nkind: OnboardingPolices\n", "f.yaml:2: kind: OnboardingPolices of authorization.onboarding.tetrate.io/v1alpha1 is not known here")]
    [InlineData("apiVersion: authorization.onboarding.tetrate.io/v1\nkind: OnboardingPolicy\n", "f.yaml:2: kind: OnboardingPolicy of authorization.onboarding.tetrate.io/v1 is not known here")]
    [InlineData("apiVersion: authorization.example/v1alpha1\nkind: OnboardingPolicy\n", "f.yaml:2: kind: OnboardingPolicy of authorization.example/v1alpha1 is not known here")]
    [InlineData("kind: WorkloadGroup\n", "f.yaml:1: apiVersion: is required")]
    [InlineData("apiVersion: v1\n", "f.yaml:1: kind: is required")]
    [InlineData("- a\n", "f.yaml:1: must be a mapping, not a list")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: 1}\n", "f.yaml:3: metadata.name: must be a string, not a number; put it in quotes")]
    [InlineData("a: [\n", "f.yaml:2: ")]
    public void Read_Broken_NamesLineAndField(string text, string problem)
    {
        var manifest = ManifestReader.Read(text, "f.yaml");

        manifest.IsBroken.ShouldBeTrue();
        manifest.Problems.Single().ToString().ShouldStartWith(problem);
    }

    [Fact]
    public void Read_InvalidPolicy_AffectsNothingElse()
    {
        var manifest = ManifestReader.Read($"{Policy}spec: {{allow: []}}\n---\n{Policy.Replace("name: p", "name: q", StringComparison.Ordinal)}{ValidSpec}---\n{Group}", "f.yaml");

        manifest.IsBroken.ShouldBeFalse();
        manifest.Policies.Select(policy => (policy.Metadata.Name, policy.Allow.Length, policy.Problems.Length)).ShouldBe([("p", 0, 1), ("q", 1, 0)]);
        manifest.WorkloadGroups.Length.ShouldBe(1);
        manifest.Problems.Single().ToString().ShouldBe("f.yaml:4: spec.allow: must have at least one item");
    }

    [Fact]
    public void Attack_HugeCyclicOrDuplicateManifest_IsRefusedWhole()
    {
        string[] hostile =
        [
            Group + "spec: &a {template: *a}\n",
            Group + "metadata: {name: other}\n",
            Policy + "spec:\n  allow: []\n  allow:\n  - workloads: [{jwt: {issuer: https://a.example}}]\n    onboardTo: [{workloadGroupSelector: {}}]\n",
            "a: &a [x]\nb: &b [" + string.Join(',', Enumerable.Repeat("*a", 200)) + "]\n",
            new('[', 1_000_000),
            new('a', 17 * 1024 * 1024),
        ];

        foreach (var text in hostile)
        {
            var manifest = ManifestReader.Read(text, "f.yaml");
            manifest.IsBroken.ShouldBeTrue();
            (manifest.WorkloadGroups.Length + manifest.Policies.Length).ShouldBe(0);
        }
    }
}
