using Onboarding.Cli.Issuing;

namespace Onboarding.Cli.Demo;

/// <summary>What a demo's platform team declares, and the certificates that go with it.</summary>
internal static class DemoDeclaration
{
    public static async Task WriteAsync(DemoStage stage, TokenIssuer issuer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var workspace = stage.Workspace;
        stage.Step("A throw-away certification authority and OIDC issuer, and what the platform team declares");
        DemoCertificates.Write(workspace.Tls, now);
        var manifests = Path.Combine(workspace.Manifests, "bookinfo.yaml");
        await File.WriteAllTextAsync(manifests, DemoFiles.Manifests, cancellationToken);
        var roots = DemoFiles.RootCertificates(await File.ReadAllTextAsync(workspace.CertificationAuthority, cancellationToken));
        await File.WriteAllTextAsync(Path.Combine(workspace.Manifests, "mesh.yaml"), roots, cancellationToken);
        await File.WriteAllTextAsync(workspace.ControlPlane, DemoFiles.ControlPlane(issuer.KeySet()), cancellationToken);
        await stage.RunAsync(["validate", workspace.ControlPlane, workspace.Manifests], cancellationToken);
    }
}
