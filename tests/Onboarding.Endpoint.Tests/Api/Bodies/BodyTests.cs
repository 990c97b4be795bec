using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Api.Bodies;

public sealed class BodyTests : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint;

    public BodyTests(SharedEndpoint shared)
    {
        endpoint = shared.Harness;
        endpoint.Reset();
    }

    public static TheoryData<string, string> BadOpenings => new()
    {
        { "", "body: is missing" },
        { "{", "body: is not valid JSON of at most 32 levels" },
        { "{} {}", "body: is not valid JSON of at most 32 levels" },
        { "null", "body: must not be null" },
        { "[]", "body: must be an object" },
        { Without("credential"), "credential: is required" },
        { Without("instanceId"), "instanceId: is required" },
        { With("credential", "{\"jwt\":\"vm1\"}"), "credential.kind: is required" },
        { With("credential", "{\"kind\":\"aws-lambda\"}"), "credential.kind: is not a kind that this endpoint knows" },
        { With("credential", "{\"kind\":7,\"jwt\":\"vm1\"}"), "credential.kind: is not a kind that this endpoint knows" },
        { With("credential", "{\"kind\":\"jwt\"}"), "credential.jwt: is required" },
        { With("credential", "{\"kind\":\"jwt\",\"jwt\":5}"), "credential.jwt: must be a string" },
        { With("credential", "{\"kind\":\"jwt\",\"jwt\":\"\"}"), "credential.jwt: must have 1 to 16384 characters" },
        { With("credential", $"{{\"kind\":\"jwt\",\"jwt\":\"{new string('a', 16385)}\"}}"), "credential.jwt: must have 1 to 16384 characters" },
        { With("credential", "{\"kind\":\"jwt\",\"jwt\":\"a\",\"jwt\":\"b\"}"), "credential.jwt: is given twice" },
        { With("workloadGroup", "{\"namespace\":\"bookinfo\"}"), "workloadGroup.name: is required" },
        { With("workloadGroup", "{\"namespace\":\"bookinfo\",\"name\":null}"), "workloadGroup.name: must not be null" },
        { With("workloadGroup", "{\"namespace\":\"Book\",\"name\":\"ratings\"}"), "workloadGroup.namespace: must be an RFC 1123 label" },
        { With("workloadGroup", "{\"namespace\":\"bookinfo\",\"name\":\"../ratings\"}"), "workloadGroup.name: must be an RFC 1123 subdomain" },
        { With("instanceId", "\"AAAA\""), "instanceId: must be 32 bytes in base64url without padding" },
        { With("key", "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"a\",\"y\":\"a\"}"), "key: must be the public JWK of a P-256 key" },
        { With("key", "{\"kty\":\"RSA\",\"crv\":\"P-256\",\"x\":\"a\",\"y\":\"a\"}"), "key: must be the public JWK of a P-256 key" },
        { With("key", "\"x\""), "key: must be an object" },
    };

    public static TheoryData<string, string> BadRegistrations => new()
    {
        { "{}", "registration.agent: is required" },
        { Registration(agent: "{\"version\":\"\"}"), "registration.agent.version: must have 1 to 128 characters" },
        { Registration(agent: "{\"version\":\"a\\u0000\"}"), "registration.agent.version: must have 1 to 128 characters" },
        { Registration(istio: "{}"), "registration.sidecar.istio.version: is required" },
        { Registration(istio: "{\"version\":\"1\",\"revision\":\"Rev\"}"), "registration.sidecar.istio.revision: must be 1–56 lower-case letters" },
        { Registration(addresses: "[]"), "registration.host.addresses: must have 1 to 8 items" },
        { Registration(addresses: "{}"), "registration.host.addresses: must be an array" },
        { Registration(addresses: "[null]"), "registration.host.addresses[0]: must not be null" },
        { Registration(addresses: $"[{string.Join(',', Enumerable.Repeat(Address("192.0.2.1"), 9))}]"), "registration.host.addresses: must have 1 to 8 items" },
        { Registration(addresses: $"[{Address("192.0.2.1")},{Address("300.0.2.1")}]"), "registration.host.addresses[1].ip: must be an IPv4 or IPv6 address without a zone" },
        { Registration(addresses: $"[{Address("1")}]"), "registration.host.addresses[0].ip: must be" },
        { Registration(addresses: $"[{Address("0x7f.0.0.1")}]"), "registration.host.addresses[0].ip: must be" },
        { Registration(addresses: $"[{Address("fe80::1%eth0")}]"), "registration.host.addresses[0].ip: must be" },
        { Registration(addresses: $"[{Address("[2001:db8::1]")}]"), "registration.host.addresses[0].ip: must be" },
        { Registration(addresses: "[{\"ip\":\"192.0.2.1\",\"type\":\"LAN\"}]"), "registration.host.addresses[0].type: has a value that is not accepted" },
        { Registration(addresses: "[{\"ip\":\"192.0.2.1\",\"type\":7}]"), "registration.host.addresses[0].type: " },
        { Registration(addresses: "[{\"ip\":\"192.0.2.1\"}]"), "registration.host.addresses[0].type: is required" },
        { Registration(labels: "{\"a\":null}"), "registration.workload.labels[\"a\"]: must not be null" },
        { Registration(labels: "{\"a\":7}"), "registration.workload.labels[\"a\"]: must be a string" },
        { Registration(labels: "{\"a b\":\"c\"}"), "registration.workload.labels[\"a b\"]: is no label key" },
        { Registration(labels: "{\"a\":\"c d\"}"), "registration.workload.labels[\"a\"]: is no label value" },
        { Registration(labels: "{\"a\":\"b\",\"a\":\"c\"}"), "registration.workload.labels.a: is given twice" },
        { Registration(labels: $"{{{string.Join(',', Enumerable.Range(0, 17).Select(index => $"\"l{index}\":\"\""))}}}"), "registration.workload.labels: must have at most 16 entries" },
    };

    [Theory]
    [MemberData(nameof(BadOpenings))]
    public async Task Opening_Malformed_NamesTheFirstField(string body, string detail)
    {
        using var response = await endpoint.Api.PostAsync("/v1/sessions", Requests.Json(body));

        var problem = await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest);
        ((string?)problem["detail"])!.ShouldStartWith(detail);
        endpoint.Verifier.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BadRegistrations))]
    public async Task Registration_Malformed_NamesTheFirstField(string body, string detail)
    {
        using var response = await endpoint.Api.CallAsync("PUT", "/v1/registration", body);

        var problem = await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest);
        ((string?)problem["detail"])!.ShouldStartWith(detail);
        endpoint.Workloads.Registrations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}", "sidecar: is required")]
    [InlineData("""{"sidecar":{}}""", "sidecar.state: is required")]
    [InlineData("""{"sidecar":{"state":"Dancing"}}""", "sidecar.state: has a value that is not accepted")]
    [InlineData("""{"sidecar":{"state":"Ready","version":"a\u0007"}}""", "sidecar.version: must have at most 128 characters")]
    public async Task Heartbeat_Malformed_NamesTheFirstField(string body, string detail)
    {
        using var response = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", body);

        ((string?)(await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest))["detail"])!.ShouldStartWith(detail);
        endpoint.Workloads.Heartbeats.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("istio.io/rev")]
    [InlineData("security.istio.io/tlsMode")]
    [InlineData("app.kubernetes.io/name")]
    [InlineData("k8s.io/x")]
    [InlineData("onboarding.tetrate.io/uid")]
    [InlineData("istio-locality")]
    public async Task Registration_ReservedLabel_IsRefused(string key)
    {
        using var response = await endpoint.Api.CallAsync("PUT", "/v1/registration", Registration(labels: $"{{\"{key}\":\"x\"}}"));

        ((string?)(await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest))["detail"])
            .ShouldBe($"registration.workload.labels[\"{key}\"]: is a label that agents may not set");
    }

    [Theory]
    [InlineData("notistio.io/rev")]
    [InlineData("example.com/k8s.io")]
    [InlineData("locality")]
    public async Task Registration_LabelThatOnlyLooksReserved_IsAccepted(string key)
    {
        using var response = await endpoint.Api.CallAsync("PUT", "/v1/registration", Registration(labels: $"{{\"{key}\":\"x\"}}"));

        ((int)response.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task AnyBody_UnknownMembers_AreIgnoredForOtherReleases()
    {
        var opening = Requests.Opening();
        opening["fromTheFuture"] = new JsonObject { ["a"] = new JsonArray(1, 2) };

        using var response = await endpoint.Api.OpenAsync(opening);

        ((int)response.StatusCode).ShouldBe(201);
    }

    [Fact]
    public async Task AnyBody_DeeplyNested_IsRefused()
    {
        var deep = new StringBuilder().Append('[', 20_000).Append(']', 20_000).ToString();
        var body = Requests.Opening().ToJsonString();

        using var response = await endpoint.Api.PostAsync("/v1/sessions", Requests.Json($"{{\"x\":{deep},{body[1..]}"));

        ((string?)(await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest))["detail"]).ShouldBe("body: is not valid JSON of at most 32 levels");
    }

    [Fact]
    public async Task AnyBody_InvalidUtf8_IsRefused()
    {
        using var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");

        using var response = await endpoint.Api.PostAsync("/v1/sessions", content);

        await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest);
    }

    /// <summary>Row 20: what is said back and logged is bounded, and no terminal obeys it.</summary>
    [Fact]
    public async Task Attacker_SendsEscapeSequencesAndHugeNames_GetsThemBackCutAndHarmless()
    {
        using var response = await endpoint.Api.CallAsync("PUT", "/v1/registration", Registration(labels: $"{{\"\\u001b[2J{new string('x', 9000)}\":\"\"}}"));
        using var path = await endpoint.Api.GetAsync("/v1/%1b[2J" + new string('y', 2000));

        var detail = (string)(await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest))["detail"]!;
        detail.Length.ShouldBeLessThanOrEqualTo(256);
        detail.Any(char.IsControl).ShouldBeFalse();
        await path.ShouldBeProblemAsync(404, ProblemCodes.NotFound);
        endpoint.Logs.Lines.Where(line => line.Text.Contains("was refused", StringComparison.Ordinal)).ShouldAllBe(line => line.Text.Length < 1000 && !line.Text.Any(char.IsControl));
    }

    private static string Address(string ip) => $$"""{"ip":"{{ip}}","type":"VPC"}""";

    private static string Registration(string agent = """{"version":"1"}""", string istio = """{"version":"1"}""", string? addresses = null, string labels = "{}") =>
        $$$"""{"agent":{{{agent}}},"sidecar":{"istio":{{{istio}}}},"host":{"addresses":{{{addresses ?? $"[{Address("192.0.2.1")}]"}}}},"workload":{"labels":{{{labels}}}}}""";

    private static string Without(string member)
    {
        var opening = Requests.Opening();
        opening.Remove(member);
        return opening.ToJsonString();
    }

    private static string With(string member, string json) => $"{Without(member)[..^1]},\"{member}\":{json}}}";
}
