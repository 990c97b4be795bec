using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Onboarding.Endpoint.Tls;

/// <summary>The files of a Kubernetes TLS secret: <c>tls.crt</c> (the certificate, then its intermediates), <c>tls.key</c>.</summary>
/// <param name="CertificatePem">Contents of <c>tls.crt</c>.</param>
/// <param name="KeyPem">Contents of <c>tls.key</c>.</param>
/// <param name="Directory">Where they are.</param>
internal sealed record TlsFiles(string CertificatePem, string KeyPem, string Directory)
{
    private const string CertificateFile = "tls.crt";
    private const string KeyFile = "tls.key";

    /// <summary>SHA-256 over both.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{CertificatePem}\0{KeyPem}")));

    /// <summary>Reads the files.</summary>
    /// <exception cref="TlsCertificateException">One of them is missing or cannot be read.</exception>
    public static TlsFiles Read(string directory) => new(ReadFile(directory, CertificateFile), ReadFile(directory, KeyFile), directory);

    /// <summary>Makes a certificate of them.</summary>
    /// <exception cref="TlsCertificateException">They are no certificate and its key.</exception>
    public TlsCertificate Load()
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(CertificatePem);

            // offline: intermediates are those of the file, nothing is fetched.
            var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
            return new TlsCertificate(certificate, OptionsFor(context), Fingerprint);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new TlsCertificateException($"{Directory}: {CertificateFile} and {KeyFile} are not a certificate and its private key in PEM: {exception.Message}", exception);
        }
    }

    private static SslServerAuthenticationOptions OptionsFor(SslStreamCertificateContext context) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = false,
        AllowRenegotiation = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };

    private static string ReadFile(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TlsCertificateException($"{path}: cannot be read: {exception.Message}. The endpoint needs tls.crt and tls.key in the directory that onboarding.endpoint.secretName names.", exception);
        }
    }
}
