using System.Text;
using Onboarding.Agent.Endpoint;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Endpoint;

public sealed class TokenCheckTests
{
    private const string Group = "\"claims\":{\"workload_group\":{\"namespace\":\"bookinfo\",\"name\":\"ratings\"}}";

    [Fact]
    public void Require_OwnKeyAndGroup_IsAccepted() => Require($"{{\"cnf\":{{\"jkt\":\"mine\"}},{Group}}}");

    [Theory]
    [InlineData($"{{\"cnf\":{{\"jkt\":\"other\"}},{Group}}}", "another key")]
    [InlineData($"{{{Group}}}", "another key")]
    [InlineData($"{{\"cnf\":\"mine\",{Group}}}", "another key")]
    [InlineData("{\"cnf\":{\"jkt\":\"mine\"},\"claims\":{\"workload_group\":{\"namespace\":\"bookinfo\",\"name\":\"reviews\"}}}", "another workload group")]
    [InlineData("{\"cnf\":{\"jkt\":\"mine\"}}", "another workload group")]
    [InlineData("[]", "another key")]
    [InlineData("not json", "no claims")]
    public void Require_AnythingElse_IsRefused(string claims, string reason) =>
        Should.Throw<EndpointException>(() => Require(claims)).Message.ShouldContain(reason);

    [Theory]
    [InlineData("")]
    [InlineData("one.two")]
    [InlineData("a.!.c")]
    public void Require_NoToken_IsRefused(string token) =>
        Should.Throw<EndpointException>(() => Check(token)).Message.ShouldContain("is not a JSON Web Token");

    private static void Require(string claims) => Check($"e30.{Base64UrlText.Encode(Encoding.UTF8.GetBytes(claims))}.c2ln");

    private static void Check(string token) =>
        TokenCheck.Require(
            new SessionResponse(token, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), "mine", new WorkloadGroupReference("bookinfo", "ratings"));
}
