using System.Net;
using System.Text;
using Onboarding.Attestation.Aws.Proofs;

namespace Onboarding.Attestation.Tests.Aws.Proofs;

/// <summary>Row 9 of the threats: an answer that is not exactly STS's.</summary>
public sealed class StsAnswerTests
{
    private const string Good = """{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"123456789012","Arn":"arn:x","UserId":"u"},"ResponseMetadata":{"RequestId":"r"}}}""";

    [Fact]
    public void Read_TheOneShape_SaysWho() => Read(Good).Caller.ShouldBe(new CallerIdentity("123456789012", "arn:x", "u"));

    [Theory]
    [InlineData("\"u\"}", "\"u\",\"Extra\":\"x\"}")]
    [InlineData("\"u\"}", "\"u\",\"Arn\":\"arn:victim\"}")]
    [InlineData("\"u\"}", "\"u\",\"\\u0041rn\":\"arn:victim\"}")]
    [InlineData("\"UserId\":\"u\"", "\"UserId\":[\"u\"]")]
    [InlineData("\"Arn\"", "\"arn\"")]
    [InlineData("\"ResponseMetadata\"", "\"GetCallerIdentityResult\":{},\"ResponseMetadata\"")]
    [InlineData("\"RequestId\":\"r\"", "\"RequestId\":\"r\",\"Message\":\"x\"")]
    [InlineData("\"u\"}", "\"u\",}")]
    [InlineData("{\"GetCallerIdentityResponse\"", "[{\"GetCallerIdentityResponse\"")]
    [InlineData("{\"GetCallerIdentityResponse\"", "{\"GetCallerIdentityResponse\":{},\"GetCallerIdentityResponse\"")]
    [InlineData("\"r\"}}}", "\"r\"}}}{}")]
    [InlineData("\"r\"}}}", "\"r\"}},\"Error\":{\"Code\":\"SignatureDoesNotMatch\"}}")]
    [InlineData("\"arn:x\"", "\"\\ud800\"")]
    [InlineData("\"arn:x\"", "\"\"")]
    public void Read_AnythingElse_IsNoVerdict(string part, string other)
    {
        var answer = Read(Good.Replace(part, other, StringComparison.Ordinal));

        (answer.Caller, answer.Refused).ShouldBe((null, null));
        answer.Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("text/xml")]
    [InlineData("text/html")]
    [InlineData(null)]
    public void Read_RightAnswerOfAnotherMediaType_IsNoVerdict(string? mediaType) =>
        StsAnswer.Read(HttpStatusCode.OK, mediaType, Encoding.UTF8.GetBytes(Good)).Failure.ShouldNotBeNull();

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "SignatureDoesNotMatch", true)]
    [InlineData(HttpStatusCode.Forbidden, "InvalidClientTokenId", true)]
    [InlineData(HttpStatusCode.Forbidden, "ExpiredToken", true)]
    [InlineData(HttpStatusCode.BadRequest, "IncompleteSignature", true)]
    [InlineData(HttpStatusCode.BadRequest, "Throttling", false)]
    [InlineData(HttpStatusCode.Forbidden, "RequestLimitExceeded", false)]
    [InlineData(HttpStatusCode.TooManyRequests, "SignatureDoesNotMatch", false)]
    [InlineData(HttpStatusCode.InternalServerError, "InternalFailure", false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SignatureDoesNotMatch", false)]
    public void Read_Error_IsAVerdictOnlyWhereItSpeaksOfTheRequest(HttpStatusCode status, string code, bool isVerdict)
    {
        var answer = StsAnswer.Read(status, "application/json", Encoding.UTF8.GetBytes($$$"""{"Error":{"Code":"{{{code}}}","Message":"m","Type":"Sender"},"RequestId":"r"}"""));

        answer.Caller.ShouldBeNull();
        answer.Refused.ShouldBe(isVerdict ? code : null);
        (answer.Failure is null).ShouldBe(isVerdict);
    }

    [Theory]
    [InlineData(HttpStatusCode.Created)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.Forbidden)]
    public void Read_ResultWithAnotherStatus_IsNoVerdict(HttpStatusCode status) =>
        StsAnswer.Read(status, "application/json", Encoding.UTF8.GetBytes(Good)).Failure.ShouldNotBeNull();

    private static StsAnswer Read(string json) => StsAnswer.Read(HttpStatusCode.OK, "application/json", Encoding.UTF8.GetBytes(json));
}
