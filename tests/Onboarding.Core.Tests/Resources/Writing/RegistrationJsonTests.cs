using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Core.Resources.Writing;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Tests.Resources.Writing;

public class RegistrationJsonTests
{
    private static readonly ObjectMeta Metadata = new()
    {
        Namespace = "bookinfo",
        Name = "ratings-jwt-my-corp--vm007",
        Labels = Map(("onboarding.tetrate.io/uid", "0123456789abcdef0123456789abcdef")),
        Annotations = Map(("onboarding.tetrate.io/epoch", "1772366400000")),
        Uid = "not-ours-to-write",
        Generation = 3,
    };

    [Fact]
    public void WorkloadAutoRegistration_WrittenAsYaml_IsReadBack()
    {
        var registration = new WorkloadAutoRegistration(
            Metadata,
            "ratings",
            new JwtIdentity("https://mycompany.corp", "vm007", Map(("region", "us-east"), ("on", "yes"))),
            new Registration(
                new RegistrationAgent("1.2.0"),
                new RegistrationSidecar(new IstioSidecar("1.27.0")),
                new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)]),
                new RegistrationWorkload(Map(("version", "5"))),
                new RegistrationSettings()),
            [new Condition("AgentConnected", "True", "ConnectionEstablished", "since: now", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))],
            "host-1");

        var json = WorkloadAutoRegistrationJson.ToJson(registration);
        json["metadata"]!.AsObject().ContainsKey("uid").ShouldBeFalse();
        var manifest = ManifestReader.Read(GoYaml.Write(json), "f.yaml");

        manifest.Problems.ShouldBeEmpty();
        var read = manifest.Registrations.Single();
        (read.Metadata.Namespace, read.Metadata.Name, read.Group, read.ConnectedTo).ShouldBe(("bookinfo", Metadata.Name, "ratings", "host-1"));
        read.Metadata.Labels.ShouldBe(Metadata.Labels);
        read.Metadata.Annotations["onboarding.tetrate.io/epoch"].ShouldBe("1772366400000");
        read.Identity.ShouldBe(registration.Identity);
        read.Conditions.ShouldBe(registration.Conditions);
        JsonNode.DeepEquals(WorkloadAutoRegistrationJson.ToJson(read), json).ShouldBeTrue();
    }

    [Fact]
    public void WorkloadAutoRegistration_OwnedInACluster_IsOfItsOwner()
    {
        var manifest = ManifestReader.Read(
            """
            apiVersion: runtime.onboarding.tetrate.io/v1alpha1
            kind: WorkloadAutoRegistration
            metadata:
              name: a
              ownerReferences:
              - {apiVersion: v1, kind: Pod, name: p, uid: u}
              - {apiVersion: networking.istio.io/v1, kind: WorkloadGroup, name: ratings, uid: u, controller: true}
            spec:
              identity: {aws: {partition: aws, account: "123456789012", region: us-east-2, zone: us-east-2b, ec2: {instanceId: i-1234567890abcdef0}}}
              registration: {agent: {version: "1"}, sidecar: {istio: {version: "1"}}, host: {addresses: [{ip: 192.0.2.1, type: VPC}]}, later: {}}
            """,
            "f.yaml");

        manifest.Problems.ShouldBeEmpty();
        manifest.Registrations.Single().Group.ShouldBe("ratings");
        manifest.Registrations.Single().Identity.ShouldBe(
            new AwsIdentity("aws", "123456789012", "us-east-2", "us-east-2b", new Ec2Instance("i-1234567890abcdef0")));
    }

    [Theory]
    [InlineData("{identity: {jwt: {issuer: https://a.example, subject: s}}}", "spec.registration: is required")]
    [InlineData("{identity: {gcp: {}}, registration: {}}", "spec.identity")]
    [InlineData("{identity: {jwt: {issuer: https://a.example, subject: s}}, registration: {}}", "spec.registration: is no registration")]
    public void WorkloadAutoRegistration_Unreadable_SaysWhy(string spec, string problem)
    {
        var manifest = ManifestReader.Read(
            "apiVersion: runtime.onboarding.tetrate.io/v1alpha1\nkind: WorkloadAutoRegistration\n"
            + $"metadata: {{name: a, annotations: {{onboarding.tetrate.io/workload-group: g}}}}\nspec: {spec}\n",
            "f.yaml");

        manifest.IsBroken.ShouldBeTrue();
        string.Join('\n', manifest.Problems).ShouldContain(problem, Case.Sensitive);
    }

    [Fact]
    public void WorkloadEntry_Full_IsWrittenAndReadBack()
    {
        var entry = new WorkloadEntry(
            Metadata, "192.0.2.10", Map(("app", "ratings")), "ratings-vm", "virtual-machines",
            ImmutableSortedDictionary<string, int>.Empty.Add("http", 9080), "us-east-2/us-east-2b", 5);

        var json = WorkloadEntryJson.ToJson(entry);
        var read = ManifestReader.Read(GoYaml.Write(json), "f.yaml").Entries.Single();

        JsonNode.DeepEquals(WorkloadEntryJson.ToJson(read), json).ShouldBeTrue();
        (read.Address, read.ServiceAccount, read.Network, read.Ports["http"], read.Locality, read.Weight)
            .ShouldBe(("192.0.2.10", "ratings-vm", "virtual-machines", 9080, "us-east-2/us-east-2b", 5L));
    }

    [Fact]
    public void WorkloadEntry_Minimal_LeavesOutAllButTheAccount() =>
        WorkloadEntryJson.ToJson(new WorkloadEntry(
            new ObjectMeta { Namespace = "a", Name = "b" }, "192.0.2.10", Map(), "default", "", ImmutableSortedDictionary<string, int>.Empty, "", 0))
            .ToJsonString()
            .ShouldBe("""{"apiVersion":"networking.istio.io/v1","kind":"WorkloadEntry","metadata":{"namespace":"a","name":"b"},"spec":{"address":"192.0.2.10","serviceAccount":"default"}}""");

    private static ImmutableSortedDictionary<string, string> Map(params (string Key, string Value)[] entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
}
