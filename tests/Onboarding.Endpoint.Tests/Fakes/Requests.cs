using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>Well-formed requests, to be bent by tests.</summary>
internal static class Requests
{
    public static readonly string InstanceId = Base64UrlText.Encode(new byte[32]);

    public const string Registration = """
        {"agent":{"version":"0.1.0"},"sidecar":{"istio":{"version":"1.27.0"}},"host":{"addresses":[{"ip":"192.0.2.10","type":"VPC"}]}}
        """;

    public const string Heartbeat = """{"sidecar":{"state":"Ready","version":"1.27.0","configRevision":"rev-1"}}""";

    public static JsonObject Opening(string jwt = "vm1", string ns = "bookinfo", string group = "ratings")
    {
        using var key = new SessionKeyPair();
        return new JsonObject
        {
            ["credential"] = new JsonObject { ["kind"] = "jwt", ["jwt"] = jwt },
            ["workloadGroup"] = new JsonObject { ["namespace"] = ns, ["name"] = group },
            ["instanceId"] = InstanceId,
            ["key"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = key.Public.X, ["y"] = key.Public.Y },
        };
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> OpenAsync(this HttpClient client, JsonObject? body = null) =>
        client.PostAsync("/v1/sessions", Json((body ?? Opening()).ToJsonString()));

    /// <summary>A bearer call with a proof, as agents make it.</summary>
    public static async Task<HttpResponseMessage> CallAsync(this HttpClient client, string method, string path, string? body = null, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a.b.c");
        request.Headers.Add("DPoP", "d.e.f");
        request.Content = body is null ? null : Json(body);
        headers?.Invoke(request.Headers);
        return await client.SendAsync(request);
    }

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    /// <summary>Checks that a response is a problem as the API promises it, and returns it.</summary>
    public static async Task<JsonObject> ShouldBeProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var problem = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(status, problem.ToJsonString());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        ((string?)problem["code"]).ShouldBe(code);
        ((int?)problem["status"]).ShouldBe(status);
        ((string?)problem["title"]).ShouldNotBeNullOrEmpty();
        ((string?)problem["instance"])!.Length.ShouldBe(32);
        return problem;
    }
}
