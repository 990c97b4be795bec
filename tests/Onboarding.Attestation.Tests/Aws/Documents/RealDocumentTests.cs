using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Onboarding.Attestation.Aws.Documents;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.TestKit.Data;

namespace Onboarding.Attestation.Tests.Aws.Documents;

/// <summary>A real document in AWS's own signature and encoding, and what can be made of it: rows 1 to 4 of the threats.</summary>
public sealed class RealDocumentTests
{
    private const string Document = "data/iid/us-west-2.rsa2048.b64";
    private const string Region = "us-west-2";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<string> Text = new(() => string.Concat(File.ReadAllText(SharedData.PathOf(Document)).Split('\r', '\n')));
    private static readonly Lazy<TrustBundle> Published = new(() => TrustBundleReader.Read(SharedData.PathOf(TrustBundles.Published)).Bundle);

    private static CmsParts Parts => CmsParts.Read(Text.Value);

    [SharedDataFact(Document)]
    public void Verify_RealDocumentWithAllPublishedCertificates_IsTheInstance()
    {
        var document = Verify(Text.Value).Value!;

        document.Identity.ShouldBe(new AwsIdentity("aws", "278576220453", Region, "us-west-2a", Ec2: new Ec2Instance("i-078517ca8a70a1dde")));
        document.PrivateIp.ShouldBe(IPAddress.Parse("10.0.0.209"));
    }

    /// <summary>What the tests below change one thing of is itself good.</summary>
    [SharedDataFact(Document)]
    public void Verify_RealDocumentPutTogetherAgain_IsTheInstance() => Verify(Parts.Encode()).IsGranted.ShouldBeTrue();

    [SharedDataFact(Document)]
    public void Read_PublishedCertificates_AreAllGood()
    {
        var reading = TrustBundleReader.Read(SharedData.PathOf(TrustBundles.Published));

        reading.Problems.ShouldBeEmpty();
        reading.Bundle.Certificates.Count().ShouldBe(Directory.GetFiles(SharedData.PathOf(TrustBundles.Published)).Length);
    }

    [SharedDataFact(Document)]
    public void Attempt_DocumentOfARegionVouchedForByAnyOtherRegionsCertificate_IsRefused()
    {
        foreach (var other in Published.Value.Certificates.Where(certificate => certificate.Region != Region))
        {
            Refuse(Text.Value, TrustBundles.Of((Region, TrustBundles.PublishedPem(other.Region)))).ShouldContain("signature", customMessage: other.Region);
        }
    }

    [SharedDataFact(Document)]
    public void Attempt_RegionThatTheBundleDoesNotHave_IsRefused() =>
        Refuse(Text.Value, TrustBundles.Of(("us-east-1", TrustBundles.PublishedPem("us-east-1")))).ShouldContain("not in the trust bundle");

    [SharedDataFact(Document)]
    public void Attempt_ExpiredCertificate_IsRefused() =>
        IdentityDocumentVerifier.Verify(Text.Value, Published.Value, Now.AddYears(200)).Refusal!.Reason.ShouldContain("expired");

    [SharedDataFact(Document)]
    public void Attempt_ContentAltered_IsRefused()
    {
        var altered = Encoding.UTF8.GetString(Parts.Content).Replace("i-078517ca8a70a1dde", "i-078517ca8a70a1ddf", StringComparison.Ordinal);

        Refuse((Parts with { Content = Encoding.UTF8.GetBytes(altered) }).Encode()).ShouldContain("signature");
    }

    /// <summary>The signed message digest says one thing, the content another: the document of the victim in the attacker's envelope.</summary>
    [SharedDataFact(Document)]
    public void Attempt_MessageDigestOfAnotherContent_IsRefused()
    {
        using var key = RSA.Create(2048);
        var forged = Parts with { Content = Encoding.UTF8.GetBytes("{}") };

        Refuse((forged.SignedBy(key) with { Content = Parts.Content }).Encode()).ShouldContain("signature");
    }

    [SharedDataFact(Document)]
    public void Attempt_EmbeddedCertificateOfTheSameIssuerAndSerial_IsRefused()
    {
        using var key = RSA.Create(2048);
        using var impostor = Parts.Impersonate(key);

        Refuse((Forge(key) with { Certificates = [impostor.RawData] }).Encode()).ShouldContain("certificates");
        Refuse(Forge(key).Encode()).ShouldContain("signature");
    }

    /// <summary>Even the right certificate: what is not needed is not read.</summary>
    [SharedDataFact(Document)]
    public void Attempt_GenuineMessageWithItsOwnCertificate_IsRefused() =>
        Refuse((Parts with { Certificates = [Published.Value.Find(Region)!.Certificate.RawData] }).Encode()).ShouldContain("certificates");

    [SharedDataFact(Document)]
    public void Attempt_GenuineSignatureOverItsOwnAttributesAsContent_IsRefused() =>
        Refuse((Parts with { Content = Parts.SignedAttributes!, SignedAttributes = null }).Encode()).ShouldContain("no signed attributes");

    [SharedDataFact(Document)]
    public void Attempt_UnsignedAttributes_IsRefused() =>
        Refuse((Parts with { UnsignedAttributes = CmsParts.Attributes(("1.2.840.113549.1.9.6", writer => writer.WriteNull())) }).Encode()).ShouldContain("unsigned attributes");

    [SharedDataFact(Document)]
    public void Attempt_RevocationLists_IsRefused() => Refuse((Parts with { HasRevocationLists = true }).Encode()).ShouldContain("revocation");

    [SharedDataFact(Document)]
    public void Attempt_TwoSigners_IsRefused() => Refuse((Parts with { Signers = 2 }).Encode()).ShouldContain("more than one signer");

    [SharedDataFact(Document)]
    public void Attempt_NoSigner_IsRefused() => Refuse((Parts with { Signers = 0 }).Encode()).ShouldContain("no signer");

    [SharedDataFact(Document)]
    public void Attempt_TrailingBytes_IsRefused()
    {
        Refuse(Convert.ToBase64String([.. Convert.FromBase64String(Text.Value), 0])).ShouldContain("after it");
        Refuse(Convert.ToBase64String([.. Parts.EncodeBytes(), .. "{}"u8])).ShouldContain("after it");
    }

    [SharedDataFact(Document)]
    public void Attempt_Sha1_IsRefused()
    {
        using var key = RSA.Create(2048);
        var sha1 = Parts with { DigestOid = CmsParts.Sha1, SignatureOid = "1.2.840.113549.1.1.5" };

        Refuse(sha1.SignedBy(key, HashAlgorithmName.SHA1).Encode()).ShouldContain("SHA-256");
        Refuse((Parts with { SignatureOid = "1.2.840.113549.1.1.5" }).Encode()).ShouldContain("SHA-256 with RSA");
    }

    [SharedDataFact(Document)]
    public void Attempt_Dsa_IsRefused() => Refuse((Parts with { SignatureOid = "2.16.840.1.101.3.4.3.2" }).Encode()).ShouldContain("SHA-256 with RSA");

    [SharedDataFact(Document)]
    public void Attempt_ContentThatIsNotData_IsRefused() => Refuse((Parts with { ContentOid = "1.2.840.113549.1.7.2" }).Encode()).ShouldContain("not data");

    [SharedDataFact(Document)]
    public void Attempt_SignedContentTypeLeftOut_IsRefused() =>
        RefuseWithAttributes(("1.2.840.113549.1.9.4", writer => writer.WriteOctetString(SHA256.HashData(Parts.Content)))).ShouldContain("lack content type or message digest");

    [SharedDataFact(Document)]
    public void Attempt_MessageDigestLeftOut_IsRefused() =>
        RefuseWithAttributes(("1.2.840.113549.1.9.3", writer => writer.WriteObjectIdentifier("1.2.840.113549.1.7.1"))).ShouldContain("lack content type or message digest");

    [SharedDataFact(Document)]
    public void Attempt_TruncatedAnywhere_IsRefused()
    {
        var message = Convert.FromBase64String(Text.Value);
        for (var length = 0; length < message.Length; length++)
        {
            Verify(Convert.ToBase64String(message.AsSpan(0, length))).IsGranted.ShouldBeFalse($"{length} bytes");
        }
    }

    [SharedDataFact(Document)]
    public void Attempt_OtherBase64OfTheSame_IsRefused()
    {
        Refuse(Text.Value[..60] + "\n" + Text.Value[60..]).ShouldContain("base64");
        Refuse(new string('A', 8 * 1024 + 4)).ShouldContain("base64");
        Refuse("").ShouldContain("base64");
    }

    private static CmsParts Forge(RSA key)
    {
        var altered = Encoding.UTF8.GetString(Parts.Content).Replace("278576220453", "123456789012", StringComparison.Ordinal);
        return (Parts with { Content = Encoding.UTF8.GetBytes(altered) }).SignedBy(key);
    }

    private static string RefuseWithAttributes(params (string Oid, Action<AsnWriter> Write)[] attributes) =>
        Refuse((Parts with { SignedAttributes = CmsParts.Attributes(attributes) }).Encode());

    private static Outcome<InstanceDocument> Verify(string text) => IdentityDocumentVerifier.Verify(text, Published.Value, Now);

    private static string Refuse(string text, TrustBundle? bundle = null)
    {
        var outcome = IdentityDocumentVerifier.Verify(text, bundle ?? Published.Value, Now);
        outcome.Value.ShouldBeNull();
        outcome.Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
        return outcome.Refusal.Reason;
    }
}
