using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Configuration.Reading;

/// <summary>Reads <c>authentication.jwt</c>.</summary>
internal static partial class JwtIssuerReader
{
    public static ImmutableArray<JwtIssuerOptions> Read(FieldReader? reader, string? uid)
    {
        if (reader is null)
        {
            return [];
        }

        var readers = reader.Mappings("issuers");
        var issuers = readers.Select(ReadIssuer).ToImmutableArray();
        CheckUnique(readers, issuers, "issuer", issuer => issuer.Issuer);
        CheckUnique(readers, issuers, "shortName", issuer => issuer.ShortName);
        for (var i = 0; i < issuers.Length; i++)
        {
            if (string.Equals(issuers[i].Issuer, uid, StringComparison.Ordinal))
            {
                readers[i].Report("issuer", "is this endpoint's own uid; our own tokens are no credentials");
            }
        }

        return issuers;
    }

    private static void CheckUnique(ImmutableArray<FieldReader> readers, ImmutableArray<JwtIssuerOptions> issuers, string field, Func<JwtIssuerOptions, string> value)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < issuers.Length; i++)
        {
            if (value(issuers[i]).Length > 0 && !seen.Add(value(issuers[i])))
            {
                readers[i].Report(field, $"{value(issuers[i])} is there twice");
            }
        }
    }

    private static JwtIssuerOptions ReadIssuer(FieldReader reader)
    {
        reader.OneOf(required: false, "jwksUri", "jwks");
        var fields = reader.Mapping("tokenFields");
        var options = new JwtIssuerOptions
        {
            Issuer = reader.RequiredText("issuer", ValueChecks.Issuer),
            ShortName = reader.RequiredText("shortName", text => ShortName().IsMatch(text) ? null : "must be lower-case letters and digits, in parts joined by single '-'"),
            JwksUri = reader.Text("jwksUri", OptionChecks.HttpsUri) is { } uri ? new Uri(uri) : null,
            Jwks = ReadJwks(reader),
            SubjectPath = fields?.Mapping("subject")?.RequiredText("jsonPath", CheckPath),
            AttributesPath = fields?.Mapping("attributes")?.RequiredText("jsonPath", CheckAttributesPath),
            Audiences = reader.Texts("audiences"),
            MaxSessionLifetime = reader.Duration("maxSessionLifetime", Bounds.Shortest),
            CaFile = reader.Text("caFile", OptionChecks.NotEmpty) is { } caFile ? PathResolution.Resolve(reader.File, caFile) : null,
        };
        if (options.Audiences.Length > 0)
        {
            reader.Warn("audiences", "replace the uid: whoever receives such tokens can pass them on; have the provider issue tokens for the uid where it can");
        }

        return reader.Duration("maxTokenLifetime", Bounds.Shortest) is { } lifetime ? options with { MaxTokenLifetime = lifetime } : options;
    }

    /// <summary>Inline keys: JSON in a string, or the same as YAML. Each key is examined by who verifies with it.</summary>
    private static string? ReadJwks(FieldReader reader)
    {
        if (reader.Node("jwks") is not { } node)
        {
            return null;
        }

        var text = node is YamlMapping ? reader.Json("jwks")!.ToJsonString() : reader.Text("jwks");
        if (text is not null && !IsKeySet(text))
        {
            reader.Report("jwks", "must be a JSON Web Key Set: a JSON object whose keys is a list of at least one key (RFC 7517 section 5)");
        }

        return text;
    }

    private static bool IsKeySet(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 })
                is JsonObject set && set["keys"] is JsonArray { Count: > 0 } keys && keys.All(key => key is JsonObject);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? CheckAttributesPath(string text) =>
        text.Length > 1 && text[0] is '.' or '$' ? CheckPath(text) : "must begin with '.' or '$', e.g. .custom_attributes";

    private static string? CheckPath(string text) => JsonPath.TryParse(text, out _, out var error) ? null : $"is no path to a claim: {error}";

    [GeneratedRegex("^[0-9a-z]+(-[0-9a-z]+)*\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortName();
}
