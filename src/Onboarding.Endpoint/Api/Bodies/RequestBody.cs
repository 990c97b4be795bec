using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Validation;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Bodies;

/// <summary>Reads JSON bodies. Their size is bounded by the server, their depth here.</summary>
internal static class RequestBody
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 32;

    private const string JsonType = "application/json";

    private static readonly Refusal WrongType = new(ProblemCodes.UnsupportedMediaType, "the content type is not application/json");

    /// <summary>Reads the body as a value.</summary>
    /// <param name="http">The request.</param>
    /// <param name="type">What the body should be.</param>
    /// <param name="name">What the body is called in field paths; empty: it has no name.</param>
    public static async ValueTask<Outcome<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, string name)
        where T : class
    {
        if (!IsJson(http.Request.ContentType))
        {
            return WrongType;
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            var outcome = Parse(result.Buffer, type, name);
            reader.AdvanceTo(result.Buffer.End);
            return outcome;
        }
    }

    private static Outcome<T> Parse<T>(ReadOnlySequence<byte> json, JsonTypeInfo<T> type, string name)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            var value = JsonSerializer.Deserialize(ref reader, type);
            if (value is not null && !reader.Read())
            {
                return value;
            }
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            // What is wrong with it is found out below, at leisure: the serializer's words name our types.
        }

        return InvalidField.Because(BodyDiagnosis.Describe(json, type, name));
    }

    /// <summary>
    /// What the serializer throws for malformed input: beside the documented exception, one for a union without its discriminator and one for invalid UTF-8.
    /// </summary>
    internal static bool IsMalformed(Exception exception) => exception is JsonException or NotSupportedException or InvalidOperationException;

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(JsonType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == JsonType.Length || contentType[JsonType.Length] is ';' or ' ');
}
