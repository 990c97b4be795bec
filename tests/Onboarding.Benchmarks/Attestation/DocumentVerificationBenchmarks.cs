using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using Onboarding.Attestation.Aws.Documents;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.TestKit.Aws;

namespace Onboarding.Benchmarks.Attestation;

/// <summary>What an identity document costs beyond its signature: base64, structure, content and region, against the library's verification of the same bytes.</summary>
public class DocumentVerificationBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private string base64 = "";
    private byte[] message = [];
    private TrustBundle bundle = null!;
    private X509Certificate2Collection store = null!;

    /// <summary>Makes a region's certificate, a document and the bundle.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        using var signer = new RegionSigner();
        base64 = signer.Sign(IdentityDocument.Of(new SimulatedInstance("i-1234567890abcdef0")));
        message = Convert.FromBase64String(base64);
        store = [X509Certificate2.CreateFromPem(signer.Pem)];
        var directory = Directory.CreateTempSubdirectory("bundle-");
        File.WriteAllText(Path.Combine(directory.FullName, "us-east-2.pem"), signer.Pem);
        bundle = TrustBundleReader.Read(directory.FullName).Bundle;
        directory.Delete(recursive: true);
    }

    /// <summary>The signature alone.</summary>
    [Benchmark(Baseline = true)]
    public int Signature()
    {
        var cms = new SignedCms();
        cms.Decode(message);
        cms.SignerInfos[0].CheckSignature(store, verifySignatureOnly: true);
        return cms.ContentInfo.Content.Length;
    }

    /// <summary>The document.</summary>
    [Benchmark]
    public bool Document() => IdentityDocumentVerifier.Verify(base64, bundle, Now).IsGranted;
}
