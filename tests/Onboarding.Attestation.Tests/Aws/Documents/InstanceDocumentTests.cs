using System.Text;
using Onboarding.Attestation.Aws.Documents;
using Onboarding.Attestation.Tests.Support;
using Onboarding.TestKit.Aws;

namespace Onboarding.Attestation.Tests.Aws.Documents;

/// <summary>The content of documents: row 1 of the threats, and forms.</summary>
public sealed class InstanceDocumentTests : IDisposable
{
    private const string Good = """{"accountId":"123456789012","availabilityZone":"us-east-2b","instanceId":"i-1234567890abcdef0","privateIp":"10.0.0.209","region":"us-east-2"}""";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly RegionSigner signer = new();

    public void Dispose() => signer.Dispose();

    [Fact]
    public void Verify_DocumentAsAwsEncodesIt_IsTheInstance()
    {
        var verified = IdentityDocumentVerifier.Verify(signer.Sign(Good), TrustBundles.Of(("us-east-2", signer.Pem)), Now);

        verified.Value.ShouldNotBeNull(verified.Refusal?.Reason).InstanceId.ShouldBe("i-1234567890abcdef0");
    }

    [Theory]
    [InlineData("\"us-east-2b\"", "\"us-east-2-wl1-cmh-wlz-1\"")]
    [InlineData("\"10.0.0.209\"", "null")]
    [InlineData("i-1234567890abcdef0", "i-1234abcd")]
    [InlineData("{", "{\"billingProducts\":[\"bp-1\"],\"later\":{\"a\":1},")]
    public void Read_OtherGoodContent_IsRead(string part, string other) => Read(Good.Replace(part, other, StringComparison.Ordinal), out _).ShouldNotBeNull();

    [Theory]
    [InlineData("\"123456789012\"", "123456789012")]
    [InlineData("123456789012", "12345678901")]
    [InlineData("123456789012", "12345678901٢")]
    [InlineData("us-east-2b", "us-east-1b")]
    [InlineData("us-east-2b", "us-east-2")]
    [InlineData("us-east-2b", "us-east-2B/../x")]
    [InlineData("i-1234567890abcdef0", "i-1234567890ABCDEF0")]
    [InlineData("i-1234567890abcdef0", "i-1234567890abcdef")]
    [InlineData("i-1234567890abcdef0", "aws:ec2-instance/i-1234567890abcdef0")]
    [InlineData("i-1234567890abcdef0", "i-1234567890abcdef0\\n")]
    [InlineData("10.0.0.209", "10.0.0.0209")]
    [InlineData("10.0.0.209", "::1")]
    [InlineData("\"us-east-2\"", "\"aws-global\"")]
    [InlineData("\"region\"", "\"Region\"")]
    public void Read_ValueOfAnotherForm_IsRefused(string part, string other) => Read(Good.Replace(part, other, StringComparison.Ordinal), out var fault)
        .ShouldBeNull(fault);

    [Theory]
    [InlineData("""{"instanceId":"i-00000000",""")]
    [InlineData("""{"\u0069nstanceId":"i-00000000",""")]
    public void Attempt_MemberThatIsThereTwice_IsRefused(string beginning) => Read(beginning + Good[1..], out _).ShouldBeNull();

    [Theory]
    [InlineData("{}")]
    [InlineData(" x")]
    [InlineData("\0")]
    public void Attempt_MoreAfterTheDocument_IsRefused(string more) => Read(Good + more, out _).ShouldBeNull();

    private static InstanceDocument? Read(string json, out string fault) => InstanceDocument.Read(Encoding.UTF8.GetBytes(json), out fault);
}
