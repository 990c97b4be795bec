using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Onboarding.TestKit.Aws;

/// <summary>What AWS signs a region's identity documents with: a certificate of its own making, with a 2048-bit RSA key.</summary>
public sealed class RegionSigner : IDisposable
{
    private const string Issuer = "O=Amazon Web Services LLC, L=Seattle, S=Washington State, C=US";
    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    private readonly RSA key = RSA.Create(2048);
    private readonly X509Certificate2 certificate;

    /// <summary>A new one, valid as long as AWS's own.</summary>
    public RegionSigner()
    {
        var request = new CertificateRequest(Issuer, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var from = new DateTimeOffset(2015, 8, 14, 0, 0, 0, TimeSpan.Zero);
        certificate = request.CreateSelfSigned(from, from.AddYears(180));
    }

    /// <summary>The certificate, as a trust bundle's <c>&lt;region&gt;.pem</c> has it.</summary>
    public string Pem => certificate.ExportCertificatePem() + "\n";

    /// <summary>
    /// The <c>rsa2048</c> signature of a document, base64: a CMS SignedData (RFC 5652) with the document inside, in BER as AWS sends it, with
    /// indefinite lengths down to the content, which is a constructed string of one part.
    /// </summary>
    public string Sign(string document)
    {
        var content = Encoding.UTF8.GetBytes(document);
        var encapsulated = Indefinite(0x30, Identifier(Data), Indefinite(0xA0, Indefinite(0x24, Octets(content))));
        var signed = Indefinite(0x30, Der(writer => writer.WriteInteger(1)), DigestAlgorithms(), encapsulated, Signers(content));
        return Convert.ToBase64String(Indefinite(0x30, Identifier(SignedData), Indefinite(0xA0, signed)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private byte[] Signers(byte[] content)
    {
        var attributes = Attributes(content);
        return Der(writer =>
        {
            using var set = writer.PushSetOf();
            using var signer = writer.PushSequence();
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.IssuerName.RawData);
                writer.WriteInteger(certificate.SerialNumberBytes.Span);
            }

            WriteAlgorithm(writer, Sha256);
            // Signed as a SET, sent as [0] (RFC 5652 section 5.4).
            writer.WriteEncodedValue([0xA0, .. attributes.AsSpan(1)]);
            WriteAlgorithm(writer, RsaEncryption);
            writer.WriteOctetString(key.SignData(attributes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        });
    }

    private static byte[] Attributes(byte[] content) => Der(writer =>
    {
        using var set = writer.PushSetOf();
        WriteAttribute(writer, ContentType, value => value.WriteObjectIdentifier(Data));
        WriteAttribute(writer, SigningTime, value => value.WriteUtcTime(TimeProvider.System.GetUtcNow()));
        WriteAttribute(writer, MessageDigest, value => value.WriteOctetString(SHA256.HashData(content)));
    });

    private static byte[] DigestAlgorithms() => Der(writer =>
    {
        using var set = writer.PushSetOf();
        WriteAlgorithm(writer, Sha256);
    });

    private static void WriteAttribute(AsnWriter writer, string type, Action<AsnWriter> write)
    {
        using var attribute = writer.PushSequence();
        writer.WriteObjectIdentifier(type);
        using var values = writer.PushSetOf();
        write(writer);
    }

    private static void WriteAlgorithm(AsnWriter writer, string algorithm)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(algorithm);
        writer.WriteNull();
    }

    private static byte[] Identifier(string oid) => Der(writer => writer.WriteObjectIdentifier(oid));

    private static byte[] Octets(byte[] bytes) => Der(writer => writer.WriteOctetString(bytes));

    private static byte[] Der(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static byte[] Indefinite(byte tag, params ReadOnlySpan<byte[]> parts)
    {
        var bytes = new List<byte> { tag, 0x80 };
        foreach (var part in parts)
        {
            bytes.AddRange(part);
        }

        return [.. bytes, 0, 0];
    }
}
