using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Core;

namespace Onboarding.Attestation.Aws.Documents;

/// <summary>Verifies identity documents: only the content that was signed is read, and only the certificate of the document's own region vouches for it.</summary>
public static class IdentityDocumentVerifier
{
    private const string Part = "identityDocument";

    /// <summary>The document in AWS's <c>rsa2048</c> PKCS#7.</summary>
    /// <param name="base64">The PKCS#7, base64 without line breaks.</param>
    /// <param name="bundle">The trust bundle.</param>
    /// <param name="now">The time; a certificate that has expired vouches for nothing.</param>
    public static Outcome<InstanceDocument> Verify(string base64, TrustBundle bundle, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(base64);
        ArgumentNullException.ThrowIfNull(bundle);
        if (base64.Length is 0 or > AwsLimits.DocumentLength || !TryDecode(base64, out var message))
        {
            return Rejected("it is not base64 of at most 8 KiB");
        }

        if (CmsStructure.FindFault(message) is { } shape)
        {
            return Rejected(shape);
        }

        try
        {
            return Verify(message, bundle, now);
        }
        catch (CryptographicException)
        {
            return Rejected("its signature is not that of its region's certificate over its content");
        }
    }

    private static Outcome<InstanceDocument> Verify(byte[] message, TrustBundle bundle, DateTimeOffset now)
    {
        var cms = new SignedCms();
        cms.Decode(message);
        if (InstanceDocument.Read(cms.ContentInfo.Content, out var fault) is not { } document)
        {
            return Rejected(fault);
        }

        if (bundle.Find(document.Region.Name) is not { } certificate)
        {
            return Rejected($"region {document.Region.Name} is not in the trust bundle");
        }

        if (!certificate.IsValidAt(now))
        {
            return Rejected($"the certificate of region {document.Region.Name} has expired, or is not valid yet");
        }

        // The message carries no certificates, so this is the only one that can be found.
        cms.SignerInfos[0].CheckSignature(certificate.Store, verifySignatureOnly: true);
        return document;
    }

    private static bool TryDecode(string base64, out byte[] message)
    {
        message = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        if (base64.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64String(base64, message, out var length))
        {
            return false;
        }

        Array.Resize(ref message, length);
        return true;
    }

    private static Refusal Rejected(string fault) => AwsRefusal.Rejected(Part, fault);
}
