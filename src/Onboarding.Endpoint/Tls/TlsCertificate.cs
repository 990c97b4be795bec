using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Onboarding.Endpoint.Tls;

/// <summary>A server certificate as it was loaded, with the TLS options that present it.</summary>
/// <param name="Certificate">The certificate with its private key.</param>
/// <param name="Options">Built once: the handshakes of all connections share it, and with it the session tickets.</param>
/// <param name="Fingerprint">SHA-256 over the files it was read from.</param>
internal sealed record TlsCertificate(X509Certificate2 Certificate, SslServerAuthenticationOptions Options, string Fingerprint)
{
    /// <summary>The hosts that clients dial and the certificate does not cover.</summary>
    public IEnumerable<string> Uncovered(IEnumerable<string> hosts) =>
        hosts.Where(host => !Covers(host.Trim('[', ']')));

    // Of what is no host name it cannot be asked.
    private bool Covers(string host) => Uri.CheckHostName(host) != UriHostNameType.Unknown && Certificate.MatchesHostname(host);
}
