using Onboarding.Agent.Files;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class SidecarFilesTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly SidecarFiles sut;

    public SidecarFilesTests() => sut = Files(manages: true);

    [Fact]
    public void Apply_Bundle_WritesEveryFileByteForByte()
    {
        root.Put("/etc/hosts", "127.0.0.1 localhost\n");

        sut.Apply(Bundles.Ratings());

        root.Read("/var/lib/istio/envoy/cluster.env").ShouldBe(Bundles.RatingsEnvironment);
        root.Read("/etc/istio/config/mesh").ShouldBe(Bundles.RatingsMesh);
        root.Read("/etc/certs/root-cert.pem").ShouldBe("-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----\n");
        root.Read("/etc/hosts").ShouldBe($"127.0.0.1 localhost\n{HostsBlock.Begin}\n192.0.2.1 istiod.istio-system.svc\n{HostsBlock.End}\n");
        foreach (var file in new[] { "/var/lib/istio/envoy/cluster.env", "/etc/istio/config/mesh", "/etc/certs/root-cert.pem", "/etc/hosts" })
        {
            root.ModeOf(file).ShouldBe(FileForm.PublicFile, file);
        }

        sut.Revision.ShouldBe("r1");
    }

    [Fact]
    public void Apply_HostsFile_IsCopiedBeforeItIsChanged()
    {
        root.Put("/etc/hosts", "127.0.0.1 localhost\n");

        sut.Apply(Bundles.Ratings());

        root.Read(SidecarPaths.HostsCopy).ShouldBe("127.0.0.1 localhost\n");
    }

    [Fact]
    public void Apply_HostsFileOfTheUser_IsLeftAlone()
    {
        root.Put("/etc/hosts", "127.0.0.1 localhost\n");

        Files(manages: false).Apply(Bundles.Ratings());

        root.Read("/etc/hosts").ShouldBe("127.0.0.1 localhost\n");
    }

    [Fact]
    public void Apply_HostsFileInAnotherEncoding_KeepsItsBytes()
    {
        root.Put("/etc/hosts", "");
        File.WriteAllBytes(root.PathOf("/etc/hosts"), [0x23, 0xFC, 0x0A]);

        sut.Apply(Bundles.Ratings());

        File.ReadAllBytes(root.PathOf("/etc/hosts"))[..3].ShouldBe([0x23, 0xFC, 0x0A]);
    }

    [Fact]
    public void CheckHosts_BlockTakenOutBySomebody_IsPutBack()
    {
        sut.Apply(Bundles.Ratings());
        root.Put("/etc/hosts", "127.0.0.1 localhost\n");

        sut.CheckHosts();

        root.Read("/etc/hosts").ShouldContain("192.0.2.1 istiod.istio-system.svc\n");
    }

    [Theory]
    [InlineData("bookinfo-ratings", true)]
    [InlineData("another-account", false)]
    public void Apply_CertificateOfTheLastIdentity_IsKeptOnlyForTheSameIdentity(string account, bool kept)
    {
        sut.Apply(Bundles.Ratings());
        root.Put("/etc/certs/key.pem", "key");
        root.Put("/etc/certs/cert-chain.pem", "chain");

        // Another process: what is compared is what lies on the disk.
        Files(manages: true).Apply(Bundles.Ratings("r2", account));

        root.Has("/etc/certs/key.pem").ShouldBe(kept);
        root.Has("/etc/certs/cert-chain.pem").ShouldBe(kept);
    }

    [Fact]
    public void Apply_RootThatPilotAgentRenewed_StaysUntilTheBundlesRootChanges()
    {
        sut.Apply(Bundles.Ratings());
        root.Put("/etc/certs/root-cert.pem", "renewed");

        sut.Apply(Bundles.Ratings("r2"));
        root.Read("/etc/certs/root-cert.pem").ShouldBe("renewed");

        sut.Apply(Bundles.Ratings("r3") with { RootCertificates = "rotated" });
        root.Read("/etc/certs/root-cert.pem").ShouldBe("rotated");
    }

    [Fact]
    public void Apply_RootThatWasRemoved_IsWrittenAgain()
    {
        sut.Apply(Bundles.Ratings());
        File.Delete(root.PathOf("/etc/certs/root-cert.pem"));

        sut.Apply(Bundles.Ratings());

        root.Has("/etc/certs/root-cert.pem").ShouldBeTrue();
    }

    [Fact]
    public void WriteToken_Token_IsForTheSidecarAlone()
    {
        sut.WriteToken("a.b.c");

        root.Read("/var/run/secrets/tokens/istio-token").ShouldBe("a.b.c");
        root.ModeOf("/var/run/secrets/tokens/istio-token").ShouldBe(FileForm.PrivateFile);
        root.ModeOf("/var/run/secrets/tokens").ShouldBe(FileForm.PrivateDirectory);
    }

    [Fact]
    public void WriteToken_LinkPlantedByTheSidecarsUser_IsNotWrittenThrough()
    {
        root.Put("/etc/shadow", "secret");
        root.MakeDirectory("/var/run/secrets/tokens");
        root.Link("/var/run/secrets/tokens/istio-token", "/etc/shadow");

        sut.WriteToken("a.b.c");

        root.Read("/etc/shadow").ShouldBe("secret");
        root.Read("/var/run/secrets/tokens/istio-token").ShouldBe("a.b.c");
    }

    [Fact]
    public void RemoveAll_AfterLeaving_TakesOutWhatBelongsToTheWorkload()
    {
        root.Put("/etc/hosts", "127.0.0.1 localhost\n");
        sut.Apply(Bundles.Ratings());
        sut.WriteToken("a.b.c");
        root.Put("/etc/certs/key.pem", "key");

        sut.RemoveAll();

        root.Read("/etc/hosts").ShouldBe("127.0.0.1 localhost\n");
        foreach (var file in new[] { SidecarPaths.Token, SidecarPaths.Key, SidecarPaths.ClusterEnvironment, SidecarPaths.MeshConfiguration, SidecarPaths.HostsCopy })
        {
            root.Has(file).ShouldBeFalse(file);
        }

        sut.Revision.ShouldBeNull();
    }

    public void Dispose() => root.Dispose();

    private SidecarFiles Files(bool manages) => new(root.Files, new HostsFile(root.Files, manages), new PassThroughFilter(), owner: null);
}
