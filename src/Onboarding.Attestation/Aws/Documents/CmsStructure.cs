using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Onboarding.Attestation.Aws.Documents;

/// <summary>
/// Walks a CMS SignedData (RFC 5652 section 5) and accepts the one shape that AWS sends: content inside, one signer named by issuer and serial,
/// SHA-256 with RSA, signed attributes; nothing else and nothing after it. What <see cref="System.Security.Cryptography.Pkcs.SignedCms"/>
/// would overlook or prefer (embedded certificates, revocation lists, unsigned attributes, trailing bytes) is refused here, before it is asked.
/// </summary>
internal static class CmsStructure
{
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>What is wrong with a message; null: nothing.</summary>
    public static string? FindFault(ReadOnlyMemory<byte> message)
    {
        try
        {
            var outer = new AsnReader(message, AsnEncodingRules.BER);
            var contentInfo = outer.ReadSequence();
            if (outer.HasData)
            {
                return "there are bytes after it";
            }

            if (contentInfo.ReadObjectIdentifier() != CmsOids.SignedData)
            {
                return "it is not signed data";
            }

            var explicitContent = contentInfo.ReadSequence(Context0);
            contentInfo.ThrowIfNotEmpty();
            var signedData = explicitContent.ReadSequence();
            explicitContent.ThrowIfNotEmpty();
            return FindFaultOfSignedData(signedData);
        }
        catch (AsnContentException)
        {
            return "it is not a CMS message";
        }
    }

    private static string? FindFaultOfSignedData(AsnReader signedData)
    {
        signedData.ReadInteger();
        var digests = signedData.ReadSetOf();
        if (!IsAlgorithm(digests, CmsOids.Sha256) || digests.HasData)
        {
            return "its digest algorithm is not SHA-256 alone";
        }

        if (FindFaultOfContent(signedData.ReadSequence()) is { } fault)
        {
            return fault;
        }

        if (signedData.PeekTag().TagClass == TagClass.ContextSpecific)
        {
            return "it carries certificates or revocation lists";
        }

        var signers = signedData.ReadSetOf();
        signedData.ThrowIfNotEmpty();
        if (!signers.HasData)
        {
            return "it has no signer";
        }

        var signer = signers.ReadSequence();
        return signers.HasData ? "it has more than one signer" : FindFaultOfSigner(signer);
    }

    private static string? FindFaultOfContent(AsnReader content)
    {
        if (content.ReadObjectIdentifier() != CmsOids.Data)
        {
            return "its content is not data";
        }

        if (!content.HasData)
        {
            return "its content is not inside";
        }

        var octets = content.ReadSequence(Context0);
        content.ThrowIfNotEmpty();
        octets.ReadOctetString();
        octets.ThrowIfNotEmpty();
        return null;
    }

    private static string? FindFaultOfSigner(AsnReader signer)
    {
        signer.ReadInteger();
        if (signer.PeekTag() != Asn1Tag.Sequence)
        {
            return "its signer is not named by issuer and serial";
        }

        signer.ReadEncodedValue();
        if (!IsAlgorithm(signer, CmsOids.Sha256))
        {
            return "its signer's digest algorithm is not SHA-256";
        }

        if (!signer.PeekTag().HasSameClassAndValue(Context0))
        {
            return "it has no signed attributes";
        }

        if (FindFaultOfAttributes(signer.ReadSetOf(skipSortOrderValidation: true, Context0)) is { } fault)
        {
            return fault;
        }

        if (!IsAlgorithm(signer, CmsOids.Sha256WithRsa, CmsOids.Rsa))
        {
            return "its signature is not SHA-256 with RSA";
        }

        signer.ReadOctetString();
        return signer.HasData ? "it has unsigned attributes" : null;
    }

    private static string? FindFaultOfAttributes(AsnReader attributes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var type = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf(skipSortOrderValidation: true);
            attribute.ThrowIfNotEmpty();
            if (!seen.Add(type))
            {
                return "a signed attribute is there twice";
            }

            switch (type)
            {
                case CmsOids.ContentType when values.ReadObjectIdentifier() != CmsOids.Data:
                    return "its signed content type is not data";
                case CmsOids.MessageDigest when values.ReadOctetString().Length != SHA256.HashSizeInBytes:
                    return "its message digest is not one of SHA-256";
                case CmsOids.ContentType or CmsOids.MessageDigest:
                    break;
                default:
                    values.ReadEncodedValue();
                    break;
            }

            values.ThrowIfNotEmpty();
        }

        return seen.Contains(CmsOids.ContentType) && seen.Contains(CmsOids.MessageDigest)
            ? null
            : "its signed attributes lack content type or message digest";
    }

    /// <summary>Reads an AlgorithmIdentifier; its parameters must be absent or NULL (RFC 5754 section 2, RFC 8017 appendix A.1).</summary>
    private static bool IsAlgorithm(AsnReader reader, params ReadOnlySpan<string> accepted)
    {
        var algorithm = reader.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        algorithm.ThrowIfNotEmpty();
        return accepted.Contains(oid);
    }
}
