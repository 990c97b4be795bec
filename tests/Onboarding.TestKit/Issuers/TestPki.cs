using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Onboarding.TestKit.Issuers;

/// <summary>A throw-away certification authority and the certificates it makes, for servers and for silos, which are clients too; valid from an hour ago for a day, of the real clock.</summary>
public sealed class TestPki : IDisposable
{
    private readonly DateTimeOffset from = TimeProvider.System.GetUtcNow().AddHours(-1);
    private readonly X509Certificate2 authority;

    /// <summary>A new authority with a P-256 key.</summary>
    public TestPki()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        authority = request.CreateSelfSigned(from, from.AddDays(1));
    }

    /// <summary>The authority's certificate.</summary>
    public X509Certificate2 Authority => authority;

    /// <summary>The authority's certificate as PEM.</summary>
    public string AuthorityPem => authority.ExportCertificatePem() + "\n";

    /// <summary>A server certificate, with its key, for host names and addresses.</summary>
    public X509Certificate2 Issue(params ReadOnlySpan<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        using var certificate = request.Create(authority, from, from.AddHours(23), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Writes <c>tls.crt</c>, <c>tls.key</c> and <c>ca.crt</c> of a new server certificate, as a TLS secret's directory has them.</summary>
    public void Write(string directory, params ReadOnlySpan<string> names)
    {
        using var certificate = Issue(names);
        using var key = certificate.GetECDsaPrivateKey()!;
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "tls.crt"), certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(directory, "tls.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
        WriteAuthority(Path.Combine(directory, "ca.crt"));
    }

    /// <summary>Writes the authority's certificate as a PEM file.</summary>
    public string WriteAuthority(string path)
    {
        File.WriteAllText(path, AuthorityPem);
        return path;
    }

    /// <summary>A client that trusts this authority alone.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        return new HttpClient(handler);
    }

    /// <inheritdoc/>
    public void Dispose() => authority.Dispose();

    private static X509Extension AlternativeNames(ReadOnlySpan<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }
}
