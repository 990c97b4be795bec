using System.Text;
using Onboarding.Agent.Files;
using Onboarding.Agent.Unix;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Agent.Sidecar;

/// <summary>Writes what the sidecar reads: the boot bundle's files and its token.</summary>
/// <param name="files">The machine's files.</param>
/// <param name="hosts">The hosts file.</param>
/// <param name="filter">Takes out of a bundle what may not reach this machine.</param>
/// <param name="owner">The sidecar's user; null: the files stay the agent's.</param>
internal sealed class SidecarFiles(RootedFiles files, HostsFile hosts, IBundleFilter filter, SystemUser? owner)
{
    // Lines of cluster.env that say whose certificate the sidecar holds.
    private static readonly string[] IdentityKeys = ["POD_NAMESPACE=", "SERVICE_ACCOUNT=", "TRUST_DOMAIN="];
    private readonly FileForm publicForm = new(FileForm.PublicFile, owner);
    private readonly FileForm tokenForm = new(FileForm.PrivateFile, owner, FileForm.PrivateDirectory);
    private string? hostsLines;
    private string? rootCertificates;

    /// <summary>Revision of the bundle that was written last; null: none by this process.</summary>
    public string? Revision { get; private set; }

    /// <summary>Writes a bundle, filtered; <c>cluster.env</c> last, so that where it is the others are.</summary>
    public void Apply(BootBundle delivered)
    {
        var bundle = filter.Filter(delivered);
        var environment = BundleText.ClusterEnvironment(bundle.Environment);
        if (files.Read(SidecarPaths.ClusterEnvironment) is { } old && !IdentityOf(Encoding.UTF8.GetString(old)).SequenceEqual(IdentityOf(environment), StringComparer.Ordinal))
        {
            // The sidecar would go on with the old identity's certificate.
            RemoveCertificate();
        }

        files.Write(SidecarPaths.MeshConfiguration, Encoding.UTF8.GetBytes(BundleText.MeshConfiguration(bundle.ProxyConfig)), publicForm);
        WriteRoot(bundle.RootCertificates);
        hostsLines = BundleText.Hosts(bundle.Hosts);
        hosts.Apply(hostsLines);
        files.Write(SidecarPaths.ClusterEnvironment, Encoding.UTF8.GetBytes(environment), publicForm);
        Revision = bundle.Revision;
    }

    /// <summary>Puts the hosts block back if somebody took it out.</summary>
    public void CheckHosts()
    {
        if (hostsLines is not null)
        {
            hosts.Apply(hostsLines);
        }
    }

    /// <summary>Writes the token that the sidecar shows to istiod.</summary>
    public void WriteToken(string token) => files.Write(SidecarPaths.Token, Encoding.ASCII.GetBytes(token), tokenForm);

    /// <summary>Takes the token away: the workload may not be here any more.</summary>
    public void RemoveToken() => files.Delete(SidecarPaths.Token);

    /// <summary>Removes what belongs to the workload, once it has left and its sidecar has stopped.</summary>
    public void RemoveAll()
    {
        RemoveToken();
        RemoveCertificate();
        files.Delete(SidecarPaths.ClusterEnvironment);
        files.Delete(SidecarPaths.MeshConfiguration);
        hosts.Remove();
        hostsLines = null;
        Revision = null;
    }

    private static IEnumerable<string> IdentityOf(string environment) =>
        environment.Split('\n').Where(line => IdentityKeys.Any(key => line.StartsWith(key, StringComparison.Ordinal)));

    private void RemoveCertificate()
    {
        files.Delete(SidecarPaths.Key);
        files.Delete(SidecarPaths.CertificateChain);
    }

    private void WriteRoot(string? pem)
    {
        // pilot-agent writes this file too: while the bundle says nothing new, what it wrote stays.
        if (pem is not null && (pem != rootCertificates || !files.Exists(SidecarPaths.RootCertificate)))
        {
            files.Write(SidecarPaths.RootCertificate, Encoding.UTF8.GetBytes(pem), publicForm);
            rootCertificates = pem;
        }
    }
}
