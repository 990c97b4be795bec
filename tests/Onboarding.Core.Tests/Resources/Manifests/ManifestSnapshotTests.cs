using Onboarding.Core.Resources.Manifests;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Tests.Resources.Manifests;

public class ManifestSnapshotTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ProblemList problems = new();

    [Fact]
    public void Build_ManyFiles_GathersTheMeshAndTheGateway()
    {
        var snapshot = ManifestSnapshot.Build(
            [
                Manifest("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: m}\n"),
                Manifest("b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: bookinfo}\ndata: {mesh: theirs}\n"),
                Manifest("c.yaml", Service("istio-system", "198.51.100.1")),
                Manifest("d.yaml", Service("bookinfo", "198.51.100.66")),
            ],
            "istio-system",
            Now,
            problems);

        snapshot.AsOf.ShouldBe(Now);
        snapshot.MeshConfigMaps.Single().Value["mesh"].ShouldBe("m");
        snapshot.GatewayAddress.ShouldBe("198.51.100.1");
        snapshot.Services.Length.ShouldBe(2);
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Build_SameNameTwice_TheFirstCountsAndTheOtherIsReported()
    {
        var snapshot = ManifestSnapshot.Build([Manifest("a.yaml", Group("one")), Manifest("b.yaml", Group("two"))], "istio-system", Now, problems);

        snapshot.WorkloadGroups.Single().Template.Network.ShouldBe("one");
        problems.Items.Single().ToString().ShouldBe("b.yaml:1: WorkloadGroup bookinfo/ratings is ignored: it is there before, in a.yaml");
    }

    [Fact]
    public void Build_SameNameInAnotherNamespace_IsAnotherObject()
    {
        var snapshot = ManifestSnapshot.Build(
            [Manifest("a.yaml", Group("one")), Manifest("b.yaml", Group("two").Replace("bookinfo", "other", StringComparison.Ordinal))], "istio-system", Now, problems);

        snapshot.WorkloadGroups.Length.ShouldBe(2);
        problems.Items.ShouldBeEmpty();
    }

    private static string Group(string network) =>
        $"apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {{name: ratings, namespace: bookinfo}}\nspec: {{template: {{network: {network}}}}}\n";

    private static string Service(string @namespace, string address) =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: vmgateway, namespace: {@namespace}}}\nstatus: {{loadBalancer: {{ingress: [{{ip: {address}}}]}}}}\n";

    private static Manifest Manifest(string file, string text) => ManifestReader.Read(text, file);
}
