using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Documents;

/// <summary>
/// The OpenAPI 3.1 document, made of the calls' descriptions and of the serializer's own contracts, so that it cannot say otherwise than the code.
/// (Microsoft.AspNetCore.OpenApi describes routed endpoints; there is no routing here.)
/// </summary>
internal static class OpenApiDocument
{
    private const string Bearer = "onboardingToken";
    private const string Proof = "sessionKeyProof";
    private const string Json = "application/json";
    private const string DurationPattern = @"^-?\d+(\.\d+)?s$";

    /// <summary>What any call may answer.</summary>
    private static readonly string[] CommonRefusals =
    [
        ProblemCodes.MethodNotAllowed, ProblemCodes.TooLarge, ProblemCodes.AgentTooOld,
        ProblemCodes.RateLimited, ProblemCodes.Internal, ProblemCodes.Unavailable,
    ];

    private static readonly string[] BodyRefusals = [ProblemCodes.InvalidRequest, ProblemCodes.UnsupportedMediaType];

    private static readonly string[] TokenRefusals =
    [
        ProblemCodes.TokenInvalid, ProblemCodes.TokenExpired, ProblemCodes.SessionEnded, ProblemCodes.ReattestationRequired,
    ];

    private static readonly JsonSchemaExporterOptions SchemaOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => context.TypeInfo.Type == typeof(TimeSpan) || context.TypeInfo.Type == typeof(TimeSpan?)
            ? new JsonObject { ["type"] = "string", ["pattern"] = DurationPattern }
            : schema,
    };

    /// <summary>The document as UTF-8.</summary>
    public static byte[] Render(IEnumerable<CallDescription> calls)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject { [nameof(Problem)] = Schema(ProtocolJson.Default.Problem) };
        foreach (var call in calls.OrderBy(call => call.Path, StringComparer.Ordinal).ThenBy(call => call.Method, StringComparer.Ordinal))
        {
            if (paths[call.Path] is not JsonObject path)
            {
                paths[call.Path] = path = [];
            }

            path[call.Method.ToLowerInvariant()] = Operation(call, schemas);
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Onboarding API",
                ["version"] = "v1",
                ["description"] = "How agents on virtual machines join an Istio mesh. Members that a side does not know are ignored; duplicate members are refused.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = SecuritySchemes() },
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static JsonObject Operation(CallDescription call, JsonObject schemas)
    {
        var operation = new JsonObject { ["summary"] = call.Summary };
        if (call.NeedsToken)
        {
            var security = new JsonObject { [Bearer] = new JsonArray() };
            if (call.NeedsProof)
            {
                security[Proof] = new JsonArray();
            }

            operation["security"] = new JsonArray(security);
        }

        if (call.Request is { } request)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Json, Reference(request, schemas)) };
        }

        operation["responses"] = Responses(call, schemas);
        return operation;
    }

    private static JsonObject Responses(CallDescription call, JsonObject schemas)
    {
        var responses = new JsonObject
        {
            [Key(call.Success)] = Response(
                call.Success,
                Content(Json, call.Response is { } type ? Reference(type, schemas) : new JsonObject { ["type"] = "object" })),
        };
        if (call.Bodiless is { } status)
        {
            responses[Key(status)] = Response(status, content: null);
        }

        foreach (var refusals in CodesOf(call).Select(ProblemCatalog.Find).GroupBy(kind => kind.Status).OrderBy(group => group.Key))
        {
            var response = Response(refusals.Key, Content(ProblemResponse.ContentType, ReferenceTo(nameof(Problem))));
            response["description"] = string.Join(", ", refusals.Select(kind => kind.Code).Order(StringComparer.Ordinal));
            responses[Key(refusals.Key)] = response;
        }

        return responses;
    }

    private static IEnumerable<string> CodesOf(CallDescription call) =>
        CommonRefusals
            .Where(code => !call.ServesAnyAgent || !string.Equals(code, ProblemCodes.AgentTooOld, StringComparison.Ordinal))
            .Concat(call.Request is null ? [] : BodyRefusals)
            .Concat(call.NeedsToken ? TokenRefusals : [])
            .Concat(call.Refusals)
            .Distinct(StringComparer.Ordinal);

    private static JsonObject Response(int status, JsonObject? content)
    {
        var response = new JsonObject { ["description"] = ReasonPhrases.GetReasonPhrase(status) };
        if (content is not null)
        {
            response["content"] = content;
        }

        return response;
    }

    private static JsonObject Content(string mediaType, JsonNode schema) => new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(JsonTypeInfo type, JsonObject schemas)
    {
        schemas.TryAdd(type.Type.Name, Schema(type));
        return ReferenceTo(type.Type.Name);
    }

    private static JsonObject ReferenceTo(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonNode Schema(JsonTypeInfo type) => type.GetJsonSchemaAsNode(SchemaOptions);

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static JsonObject SecuritySchemes() => new()
    {
        [Bearer] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The onboarding token of the session." },
        [Proof] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "DPoP",
            ["description"] = "Proof of the session's key, ES256 (RFC 9449).",
        },
    };
}
