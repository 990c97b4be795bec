using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Tests.Resources.Reading;

public class IstioReadersTests
{
    private readonly ProblemList problems = new();

    [Fact]
    public void WorkloadGroup_OfTheDocumentation_IsRead()
    {
        var group = WorkloadGroupReader.Read(Document("""
            apiVersion: networking.istio.io/v1alpha3
            kind: WorkloadGroup
            metadata:
              name: ratings
              namespace: bookinfo
              labels:
                app: ratings
            spec:
              template:                           # (1)
                labels:
                  app: ratings
                  class: vm
                serviceAccount: ratings-vm        # (2)
                network:        virtual-machines  # (3)
            """), problems)!;

        (group.Metadata.Namespace, group.Metadata.Name, group.Metadata.Labels["app"]).ShouldBe(("bookinfo", "ratings", "ratings"));
        (group.Template.ServiceAccount, group.Template.Network, group.Template.Labels["class"]).ShouldBe(("ratings-vm", "virtual-machines", "vm"));
        group.Probe.ShouldBeNull();
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void WorkloadGroup_WithEverythingAndMore_KeepsWhatIsUsed()
    {
        var group = WorkloadGroupReader.Read(Document("""
            apiVersion: networking.istio.io/v1
            kind: WorkloadGroup
            metadata: {name: g, annotations: {Example.com/A: "1"}, uid: u-1, generation: 7, managedFields: [{}]}
            spec:
              metadata: {labels: {l: v}, annotations: {proxy.istio.io/config: "a: 1"}}
              template: {address: 1.2.3.4, ports: {http: 80, grpc: 3550}, locality: r/z, weight: 4294967295, future: 1}
              probe: {httpGet: {port: 8080}, periodSeconds: 5}
              future: {}
            status: {conditions: []}
            """), problems)!;

        (group.Metadata.Namespace, group.Metadata.Uid, group.Metadata.Generation).ShouldBe(("default", "u-1", 7));
        (group.Labels["l"], group.Annotations["proxy.istio.io/config"]).ShouldBe(("v", "a: 1"));
        (group.Template.Ports["grpc"], group.Template.Locality, group.Template.Weight, group.Template.ServiceAccount).ShouldBe((3550, "r/z", 4294967295L, "default"));
        group.Probe!.ToJsonString().ShouldBe("""{"httpGet":{"port":8080},"periodSeconds":5}""");
        problems.Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("metadata: {}", "metadata.name: is required")]
    [InlineData("metadata: {name: ../../etc}", "metadata.name: must be an RFC 1123 subdomain")]
    [InlineData("metadata: {name: g, namespace: a.b}", "metadata.namespace: must be an RFC 1123 label")]
    [InlineData("metadata: {name: g, labels: {a: on}}", "metadata.labels[a]: must be a string, not a boolean; put it in quotes")]
    [InlineData("metadata: {name: g}\nspec: {template: {ports: {http: 70000}}}", "spec.template.ports[http]: must be between 1 and 65535")]
    [InlineData("metadata: {name: g}\nspec: {template: {ports: {http: '80'}}}", "spec.template.ports[http]: must be a whole number, not a string; leave the quotes out")]
    [InlineData("metadata: {name: g}\nspec: {template: {serviceAccount: 'a b'}}", "spec.template.serviceAccount: must be an RFC 1123 subdomain")]
    [InlineData("metadata: {name: g}\nspec: {template: {weight: -1}}", "spec.template.weight: must be between 0 and 4294967295")]
    [InlineData("metadata: {name: g}\nspec: {probe: true}", "spec.probe: must be a mapping, not a boolean")]
    [InlineData("spec: {}", "metadata: is required")]
    public void WorkloadGroup_WithABadValue_IsRefusedWithItsField(string text, string problem)
    {
        WorkloadGroupReader.Read(Document(text), problems).ShouldBeNull();
        problems.Items.Single().WithoutPlace.ShouldStartWith(problem);
    }

    [Fact]
    public void Sidecar_OfTheDocumentation_IsRead()
    {
        var sidecar = SidecarReader.Read(Document("""
            apiVersion: networking.istio.io/v1beta1
            kind: Sidecar
            metadata:
              name: bookinfo-ratings-no-iptables
              namespace: bookinfo
            spec:
              workloadSelector:                  # (1)
                labels:
                  app: ratings
                  class: vm
              ingress:                           # (2)
              - defaultEndpoint: 127.0.0.1:8080
                port:
                  name: http
                  number: 8080
                  protocol: HTTP
              egress:                            # (3)
              - bind: 127.0.0.2
                port:
                  number: 8081
                hosts:
                - ./*
              - hosts: ["*/*"]
            """), problems)!;

        sidecar.WorkloadSelector!["class"].ShouldBe("vm");
        sidecar.IngressPorts.ShouldBe([8080]);
        (sidecar.Egress[0].Bind, sidecar.Egress[0].Port, sidecar.Egress[0].Hosts.Single()).ShouldBe(("127.0.0.2", 8081, "./*"));
        (sidecar.Egress[1].Bind, sidecar.Egress[1].Port).ShouldBe(("", null));
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Sidecar_WithoutSelector_IsTheNamespaces() =>
        SidecarReader.Read(Document("metadata: {name: default}\nspec: {}\n"), problems)!.WorkloadSelector.ShouldBeNull();

    [Theory]
    [InlineData("status: {loadBalancer: {ingress: [{ip: 198.51.100.1, hostname: a.example}]}}\nspec: {externalIPs: [198.51.100.2]}", "198.51.100.1")]
    [InlineData("spec: {externalIPs: [198.51.100.2]}\nstatus: {loadBalancer: {ingress: [{hostname: a.example}]}}", "198.51.100.2")]
    [InlineData("status: {loadBalancer: {ingress: [{hostname: a.elb.amazonaws.com}]}}", "a.elb.amazonaws.com")]
    [InlineData("status: {loadBalancer: {}}", null)]
    [InlineData("spec: {}", null)]
    public void Service_Address_IsTheFirstThatIsKnown(string text, string? address) =>
        ServiceReader.Read(Document("metadata: {name: vmgateway, namespace: istio-system}\n" + text), problems)!.ExternalAddress.ShouldBe(address);

    [Fact]
    public void Service_PortsAndSelector_AreRead()
    {
        var service = ServiceReader.Read(Document("metadata: {name: a, namespace: b}\nspec: {selector: {app: x}, ports: [{port: 80}, {port: 443, targetPort: https}]}\n"), problems)!.Summary;

        service.Ports.ShouldBe([80, 443]);
        service.Selector!["app"].ShouldBe("x");
    }

    private static YamlDocument Document(string text) => YamlParser.Parse(text, "f.yaml").Documents.Single();
}
