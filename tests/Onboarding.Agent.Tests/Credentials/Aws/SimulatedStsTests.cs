using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Credentials.Aws;

/// <summary>What the other tests lean on: the simulated STS believes nobody whose signature is not right to the last byte.</summary>
public sealed class SimulatedStsTests
{
    private const string Host = "sts.us-east-2.amazonaws.com";
    private const string Account = "123456789012";
    private const string Instance = "i-1234567890abcdef0";

    private readonly FakeTimeProvider time = new();
    private readonly SimulatedIam iam;
    private readonly SimulatedSts sut;

    public SimulatedStsTests()
    {
        iam = new SimulatedIam(time);
        sut = new SimulatedSts(iam, time);
    }

    [Fact]
    public async Task Answer_SignedByAnInstance_NamesTheInstance()
    {
        var (status, body) = await AskAsync(iam.InstanceIdentity(Account, Instance));

        status.ShouldBe(HttpStatusCode.OK, body);
        var result = JsonNode.Parse(body)!["GetCallerIdentityResponse"]!["GetCallerIdentityResult"]!;
        result["Arn"]!.GetValue<string>().ShouldBe($"arn:aws:sts::{Account}:assumed-role/aws:ec2-instance/{Instance}");
        result["UserId"]!.GetValue<string>().ShouldBe($"{Account}:aws:ec2-instance:{Instance}");
        sut.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("x-onboarding-binding", "another")]
    [InlineData("accept", "text/xml")]
    [InlineData("host", "sts.us-west-2.amazonaws.com")]
    [InlineData("host", "sts.us-east-2.amazonaws.com.cn")]
    [InlineData("x-amz-security-token", "another")]
    [InlineData("x-amz-date", "20260301T120001Z")]
    public async Task Answer_AfterAHeaderWasChanged_Refuses(string header, string value) =>
        (await AskAsync(iam.InstanceIdentity(Account, Instance), request =>
        {
            request.Headers.Remove(header);
            request.Headers.TryAddWithoutValidation(header, value);
        })).Status.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task Answer_KnownAccessKeyWithAWrongSecret_Refuses() =>
        (await AskAsync(iam.InstanceIdentity(Account, Instance) with { SecretAccessKey = "guessed" })).Body.ShouldContain("SignatureDoesNotMatch");

    [Fact]
    public async Task Answer_RevokedOrExpiredOrStale_Refuses()
    {
        var (revoked, expired) = (iam.InstanceIdentity(Account, Instance), iam.InstanceIdentity(Account, Instance));
        iam.Revoke(revoked);
        var stale = time.GetUtcNow() - TimeSpan.FromMinutes(16);

        (await AskAsync(revoked)).Body.ShouldContain("InvalidClientTokenId");
        (await AskAsync(expired, at: stale)).Body.ShouldContain("Signature expired");
        time.Advance(TimeSpan.FromHours(7));
        (await AskAsync(expired)).Body.ShouldContain("ExpiredToken");
    }

    [Fact]
    public async Task Answer_OverTls_IsTheSame()
    {
        using var pki = new TestPki();
        await using var server = await SimulatedServer.StartAsync(sut, pki);
        using var client = pki.CreateClient();

        (await AskAsync(iam.TaskRole(Account, "my-task", new string('a', 32)), client: client, address: server.Address)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(
        TemporaryCredentials credentials, Action<HttpRequestMessage>? change = null, DateTimeOffset? at = null, HttpClient? client = null, Uri? address = null)
    {
        var date = StsSigner.Date(at ?? time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, address ?? new Uri($"https://{Host}/"))
        {
            Content = new StringContent("Action=GetCallerIdentity&Version=2011-06-15", Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8")),
        };
        request.Headers.Host = Host;
        request.Headers.TryAddWithoutValidation("accept", "application/json");
        request.Headers.TryAddWithoutValidation("x-amz-date", date);
        request.Headers.TryAddWithoutValidation("x-amz-security-token", credentials.SessionToken);
        request.Headers.TryAddWithoutValidation("x-onboarding-binding", "binding");
        request.Headers.TryAddWithoutValidation(
            "authorization",
            $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{date[..8]}/us-east-2/sts/aws4_request, "
            + "SignedHeaders=accept;content-type;host;x-amz-date;x-amz-security-token;x-onboarding-binding, "
            + $"Signature={StsSigner.Sign(credentials, Host, "us-east-2", date, "binding")}");
        change?.Invoke(request);
        using var own = new HttpClient(sut.CreateHandler());
        using var response = await (client ?? own).SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
