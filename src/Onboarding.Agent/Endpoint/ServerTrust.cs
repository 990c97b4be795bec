using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Onboarding.Agent.Endpoint;

/// <summary>Decides whether a server is the endpoint, and remembers the certificate that showed it.</summary>
internal sealed class ServerTrust(EndpointTarget target) : IDisposable
{
    private readonly Lock gate = new();
    private X509Certificate2? verified;

    /// <summary>Whether the certificate that was verified last is good for a name; false while none was verified.</summary>
    public bool Covers(string name)
    {
        lock (gate)
        {
            return verified is not null && verified.MatchesHostname(name, allowWildcards: true, allowCommonName: false);
        }
    }

    /// <summary>The TLS options of a connection.</summary>
    public SslClientAuthenticationOptions Options() => new()
    {
        TargetHost = target.Name,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(certificate, chain, errors),
    };

    public void Dispose() => verified?.Dispose();

    /// <summary>Accepts or throws: what the platform says of a false names its callback and no reason.</summary>
    private bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (target.SkipsVerification)
        {
            return true;
        }

        if (certificate is not X509Certificate2 leaf)
        {
            throw new AuthenticationException("it shows no certificate");
        }

        // The roots are read at every handshake, which is seldom: a CA that was rotated is taken over without a restart.
        var accepted = Roots() is { } roots
            ? (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && ChainsTo(roots, leaf, chain)
            : errors == SslPolicyErrors.None;
        if (!accepted)
        {
            throw new AuthenticationException(errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                ? $"its certificate is not good for {target.Name}"
                : "its certificate is of no authority that is trusted here, or has expired");
        }

        lock (gate)
        {
            verified?.Dispose();
            verified = X509CertificateLoader.LoadCertificate(leaf.RawDataMemory.Span);
        }

        return true;
    }

    private static bool ChainsTo(X509Certificate2Collection roots, X509Certificate2 leaf, X509Chain? offered)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // id-kp-serverAuth, RFC 5280
        if (offered is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(offered.ChainPolicy.ExtraStore);
        }

        return chain.Build(leaf);
    }

    private X509Certificate2Collection? Roots()
    {
        var roots = new X509Certificate2Collection();
        if (target.Roots is { } text)
        {
            roots.ImportFromPem(text);
            return roots;
        }

        if (target.RootsFile is { } file)
        {
            roots.ImportFromPemFile(file);
            return roots;
        }

        return null;
    }
}
