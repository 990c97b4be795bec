using System.Text.Json.Nodes;

namespace Onboarding.TestKit.Issuers;

/// <summary>Tokens as an honest issuer makes them, and whatever a test makes of them.</summary>
public static class TestToken
{
    /// <summary>A token, valid for 10 min, that <paramref name="claims"/> and <paramref name="header"/> may change at will.</summary>
    public static string Mint(
        TestIssuerKey key,
        string issuer,
        string subject,
        string audience,
        DateTimeOffset now,
        Action<JsonObject>? claims = null,
        Action<JsonObject>? header = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var head = new JsonObject { ["alg"] = key.Algorithm, ["typ"] = "JWT", ["kid"] = key.Kid };
        var body = new JsonObject
        {
            ["iss"] = issuer,
            ["sub"] = subject,
            ["aud"] = audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        return key.Sign(head.ToJsonString(), body.ToJsonString());
    }

    /// <summary>A JSON Web Key Set.</summary>
    public static string KeySet(params ReadOnlySpan<JsonObject> keys)
    {
        var array = new JsonArray();
        foreach (var key in keys)
        {
            array.Add((JsonNode)key);
        }

        return new JsonObject { ["keys"] = array }.ToJsonString();
    }
}
