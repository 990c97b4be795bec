using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Onboarding.Cli.Demo;

/// <summary>A throw-away OpenID Connect issuer: its key set stands inline in the configuration, so nobody has to serve it.</summary>
internal sealed class DemoIssuer : IDisposable
{
    public const string Name = "https://identity.demo.example";
    private const string KeyId = "demo";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Its JSON Web Key Set.</summary>
    public string KeySet()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = KeyId,
            ["alg"] = "ES256",
            ["use"] = "sig",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
        return new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();
    }

    /// <summary>An ID token of a VM.</summary>
    public string Token(string subject, string region, string audience, DateTimeOffset now)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = KeyId };
        var payload = new JsonObject
        {
            ["iss"] = Name,
            ["sub"] = subject,
            ["aud"] = audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["attributes"] = new JsonObject { ["region"] = region, ["instance_role"] = "app-ratings" },
        };
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => key.Dispose();

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(part.ToJsonString()));
}
