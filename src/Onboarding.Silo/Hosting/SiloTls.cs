using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Onboarding.Silo.Hosting;

/// <summary>
/// Silos know each other by certificates of their own CA. The files are read for every connection, so that a rotation needs no restart.
/// </summary>
internal static class SiloTls
{
    private const string CertificateFile = "tls.crt";
    private const string KeyFile = "tls.key";
    private const string AuthorityFile = "ca.crt";

    /// <summary>Requires of both ends of every connection a certificate that the directory's <c>ca.crt</c> has signed for the cluster.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="directory">Where the certificate, its key and the CA are.</param>
    /// <param name="cluster">The cluster's id: the name that certificates carry.</param>
    /// <exception cref="StartException">The directory cannot be used.</exception>
    public static ISiloBuilder UseMutualTls(this ISiloBuilder silo, string directory, string cluster)
    {
        using (Read(directory))
        {
            // What cannot be read now is told now.
        }

        return silo.UseTls(options =>
        {
            options.LocalServerCertificateSelector = (_, _) => Read(directory);
            options.LocalClientCertificateSelector = (_, _, _, _, _) => Read(directory);
            options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.RemoteCertificateValidation = (certificate, _, _) => IsOfOurs(certificate, directory, cluster);
            options.OnAuthenticateAsClient = (_, client) => client.TargetHost = cluster;
        });
    }

    private static X509Certificate2 Read(string directory)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(Path.Combine(directory, CertificateFile), Path.Combine(directory, KeyFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StartException($"{directory}: the silos' certificate cannot be used: {failure.Message}", failure) { ExitCode = ExitCodes.Misconfigured };
        }
    }

    private static bool IsOfOurs(X509Certificate2 certificate, string directory, string cluster)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(directory, AuthorityFile));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return certificate.MatchesHostname(cluster, allowWildcards: false) && chain.Build(certificate);
    }
}
