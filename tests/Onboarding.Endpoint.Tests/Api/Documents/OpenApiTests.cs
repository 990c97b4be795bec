using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Onboarding.Endpoint.Api;
using Onboarding.Endpoint.Tests.Fakes;

namespace Onboarding.Endpoint.Tests.Api.Documents;

public sealed class OpenApiTests(SharedEndpoint shared) : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint = shared.Harness;

    [Fact]
    public async Task Document_Paths_AreTheCallsThatAreServed()
    {
        var document = await DocumentAsync();

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var served = endpoint.App.Services.GetServices<IApiCall>().Select(call => $"{call.Description.Method} {call.Description.Path}");
        described.Order(StringComparer.Ordinal).ShouldBe(served.Order(StringComparer.Ordinal));
        served.Order(StringComparer.Ordinal).ShouldBe(
        [
            "DELETE /v1/registration", "GET /openapi/v1.json", "GET /v1/bootstrap", "GET /v1/discovery", "POST /v1/challenges",
            "POST /v1/heartbeat", "POST /v1/sessions", "POST /v1/sessions/renew", "POST /v1/sidecar-token", "PUT /v1/registration",
        ]);
    }

    [Fact]
    public async Task Document_References_AllResolve()
    {
        var document = await DocumentAsync();
        var schemas = document["components"]!["schemas"]!.AsObject();

        var references = Descendants(document).OfType<JsonObject>().Select(node => (string?)node["$ref"]).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

        references.Count.ShouldBeGreaterThan(5);
        references.Except(schemas.Select(schema => $"#/components/schemas/{schema.Key}"), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Document_Operations_SayTokenProofAndRefusals()
    {
        var document = await DocumentAsync();

        var heartbeat = document["paths"]!["/v1/heartbeat"]!["post"]!;
        var register = document["paths"]!["/v1/registration"]!["put"]!;
        var discovery = document["paths"]!["/v1/discovery"]!["get"]!;
        heartbeat["security"]!.ToJsonString().ShouldBe("""[{"onboardingToken":[]}]""");
        register["security"]!.ToJsonString().ShouldBe("""[{"onboardingToken":[],"sessionKeyProof":[]}]""");
        discovery["security"].ShouldBeNull();
        ((string?)register["responses"]!["409"]!["description"]).ShouldBe("address_in_use, identity_in_use, superseded");
        document["paths"]!["/v1/sessions"]!["post"]!["responses"]!["201"].ShouldNotBeNull();
        discovery["responses"]!["426"].ShouldBeNull();
    }

    [Fact]
    public async Task Document_Schemas_DescribeWhatIsOnTheWire()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!;

        ((string?)schemas["HeartbeatResponse"]!["properties"]!["nextHeartbeat"]!["type"]).ShouldBe("string");
        schemas["HeartbeatResponse"]!["properties"]!["restart"]!["enum"]!.ToJsonString().ShouldBe("""["none","now","hold"]""");
        schemas["OpenSessionRequest"]!["required"]!.ToJsonString().ShouldBe("""["credential","workloadGroup","instanceId","key"]""");
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        var children = node switch
        {
            JsonObject map => map.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Descendants(child).Prepend(child));
    }

    private async Task<JsonObject> DocumentAsync()
    {
        using var response = await endpoint.Api.GetAsync("/openapi/v1.json");
        return await response.JsonAsync();
    }
}
