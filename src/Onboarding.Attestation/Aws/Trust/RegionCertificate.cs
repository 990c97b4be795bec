using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Aws.Trust;

/// <summary>The certificate with which a region signs identity documents.</summary>
public sealed class RegionCertificate
{
    private const string AwsName = "O=Amazon Web Services LLC, L=Seattle, S=Washington State, C=US";
    private const string Label = "CERTIFICATE";

    private RegionCertificate(string region, X509Certificate2 certificate)
    {
        Region = region;
        Certificate = certificate;
        Store = [certificate];
        Fingerprint = Sha256Text.Hex(certificate.RawData);
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    /// <summary>The region.</summary>
    public string Region { get; }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public string Fingerprint { get; }

    /// <summary>When it becomes valid.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The certificate alone, as a store to look in.</summary>
    internal X509Certificate2Collection Store { get; }

    /// <summary>Whether it is valid.</summary>
    public bool IsValidAt(DateTimeOffset now) => NotBefore <= now && now < NotAfter;

    /// <summary>Whether it has another one's serial number or key: a region's certificate is its own.</summary>
    public bool IsDoubleOf(RegionCertificate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Certificate.SerialNumber == other.Certificate.SerialNumber
            || Certificate.GetPublicKey().AsSpan().SequenceEqual(other.Certificate.GetPublicKey());
    }

    /// <summary>Reads a region's PEM file: exactly one certificate, RSA 2048, signed by itself, with AWS's name.</summary>
    /// <returns>Null with what is wrong in <paramref name="problem"/>.</returns>
    public static RegionCertificate? Read(string region, string pem, out string problem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != Label || PemEncoding.TryFind(pem.AsSpan(fields.Location.End.Value), out _))
        {
            problem = "needs exactly one certificate in PEM, and nothing else";
            return null;
        }

        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException exception)
        {
            problem = $"is not a certificate: {exception.Message}";
            return null;
        }

        if (FindProblem(certificate) is { } found)
        {
            certificate.Dispose();
            problem = found;
            return null;
        }

        problem = "";
        return new RegionCertificate(region, certificate);
    }

    private static string? FindProblem(X509Certificate2 certificate)
    {
        if (certificate.IssuerName.Name != AwsName || certificate.SubjectName.Name != AwsName)
        {
            return $"its issuer and subject are not {AwsName}";
        }

        using var key = certificate.GetRSAPublicKey();
        return key is not { KeySize: AwsLimits.RsaBits } ? "its key is not RSA with 2048 bits"
            : !IsSignedBy(certificate, key) ? "it is not signed by itself with SHA-256 and RSA"
            : null;
    }

    /// <summary>RFC 5280 section 4.1: to-be-signed, algorithm, signature. A chain does not look at the signature of its own end.</summary>
    private static bool IsSignedBy(X509Certificate2 certificate, RSA key)
    {
        try
        {
            var reader = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var signed = reader.ReadEncodedValue();
            reader.ReadSequence();
            var signature = reader.ReadBitString(out _);
            return certificate.SignatureAlgorithm.Value == Documents.CmsOids.Sha256WithRsa
                && key.VerifyData(signed.Span, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
