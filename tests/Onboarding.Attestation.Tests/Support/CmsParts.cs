using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Onboarding.Attestation.Tests.Support;

/// <summary>A CMS SignedData taken apart, so that a test can put it together again with something changed; written in DER.</summary>
internal sealed record CmsParts
{
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    public required byte[] Content { get; init; }

    public required string ContentOid { get; init; }

    public required string DigestOid { get; init; }

    /// <summary>IssuerAndSerialNumber, encoded.</summary>
    public required byte[] SignerId { get; init; }

    /// <summary>SET OF Attribute, encoded; null: there are none.</summary>
    public required byte[]? SignedAttributes { get; init; }

    public required string SignatureOid { get; init; }

    public required byte[] Signature { get; init; }

    public byte[][] Certificates { get; init; } = [];

    public bool HasRevocationLists { get; init; }

    public byte[]? UnsignedAttributes { get; init; }

    public int Signers { get; init; } = 1;

    public static CmsParts Read(string base64)
    {
        var contentInfo = new AsnReader(Convert.FromBase64String(base64), AsnEncodingRules.BER).ReadSequence();
        contentInfo.ReadObjectIdentifier();
        var signedData = contentInfo.ReadSequence(Context0).ReadSequence();
        signedData.ReadInteger();
        signedData.ReadSetOf();
        var encapsulated = signedData.ReadSequence();
        var contentOid = encapsulated.ReadObjectIdentifier();
        var content = encapsulated.ReadSequence(Context0).ReadOctetString();
        var signer = signedData.ReadSetOf().ReadSequence();
        signer.ReadInteger();
        var id = signer.ReadEncodedValue().ToArray();
        var digest = signer.ReadSequence().ReadObjectIdentifier();
        var attributes = signer.ReadEncodedValue().ToArray();
        attributes[0] = 0x31;
        return new CmsParts
        {
            Content = content,
            ContentOid = contentOid,
            DigestOid = digest,
            SignerId = id,
            SignedAttributes = attributes,
            SignatureOid = signer.ReadSequence().ReadObjectIdentifier(),
            Signature = signer.ReadOctetString(),
        };
    }

    /// <summary>Signed anew by somebody who claims the signer's name.</summary>
    public CmsParts SignedBy(RSA key, HashAlgorithmName? algorithm = null)
    {
        var attributes = Attributes((ContentType, writer => writer.WriteObjectIdentifier(Data)), (MessageDigest, writer => writer.WriteOctetString(CryptographicOperations.HashData(algorithm ?? HashAlgorithmName.SHA256, Content))));
        return this with { SignedAttributes = attributes, Signature = key.SignData(attributes, algorithm ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) };
    }

    /// <summary>A certificate of somebody else's key with AWS's name and the signer's serial number.</summary>
    public X509Certificate2 Impersonate(RSA key)
    {
        var id = new AsnReader(SignerId, AsnEncodingRules.BER).ReadSequence();
        var name = new X500DistinguishedName(id.ReadEncodedValue().Span);
        var serial = id.ReadIntegerBytes().ToArray();
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var from = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var issued = request.Create(name, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), from, from.AddYears(100), serial);
        return X509CertificateLoader.LoadCertificate(issued.RawData);
    }

    public string Encode() => Convert.ToBase64String(EncodeBytes());

    public byte[] EncodeBytes() => Write(writer =>
    {
        using var contentInfo = writer.PushSequence();
        writer.WriteObjectIdentifier(SignedData);
        using var explicitContent = writer.PushSequence(Context0);
        using var signedData = writer.PushSequence();
        writer.WriteInteger(1);
        using (writer.PushSetOf())
        {
            WriteAlgorithm(writer, DigestOid);
        }

        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(ContentOid);
            using var octets = writer.PushSequence(Context0);
            writer.WriteOctetString(Content);
        }

        if (Certificates.Length > 0)
        {
            using var certificates = writer.PushSetOf(Context0);
            Array.ForEach(Certificates, certificate => writer.WriteEncodedValue(certificate));
        }

        if (HasRevocationLists)
        {
            writer.PushSetOf(Context1).Dispose();
        }

        WriteSigners(writer);
    });

    private void WriteSigners(AsnWriter writer)
    {
        var signer = Write(WriteSigner);
        using var signers = writer.PushSetOf();
        for (var i = 0; i < Signers; i++)
        {
            writer.WriteEncodedValue(signer);
        }
    }

    private void WriteSigner(AsnWriter writer)
    {
        using var signer = writer.PushSequence();
        writer.WriteInteger(1);
        writer.WriteEncodedValue(SignerId);
        WriteAlgorithm(writer, DigestOid);
        if (SignedAttributes is { } signed)
        {
            writer.WriteEncodedValue([0xA0, .. signed.AsSpan(1)]);
        }

        WriteAlgorithm(writer, SignatureOid);
        writer.WriteOctetString(Signature);
        if (UnsignedAttributes is { } unsigned)
        {
            writer.WriteEncodedValue([0xA1, .. unsigned.AsSpan(1)]);
        }
    }

    public static byte[] Attributes(params (string Oid, Action<AsnWriter> Write)[] attributes) => Write(writer =>
    {
        using var set = writer.PushSetOf();
        foreach (var (oid, write) in attributes)
        {
            using var attribute = writer.PushSequence();
            writer.WriteObjectIdentifier(oid);
            using var values = writer.PushSetOf();
            write(writer);
        }
    });

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using var algorithm = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        writer.WriteNull();
    }

    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
