using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Onboarding.Cli.Issuing;

/// <summary>A throw-away OpenID Connect issuer: its key set stands inline in the configuration, so nobody has to serve it.</summary>
internal sealed class TokenIssuer : IDisposable
{
    private const string KeyId = "throw-away";
    private const int RsaBits = 2048;
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    // A key serves one thread at a time.
    private readonly Lock gate = new();
    private readonly AsymmetricAlgorithm key;

    private TokenIssuer(string name, AsymmetricAlgorithm key) => (Name, this.key) = (name, key);

    /// <summary>The issuer, as in the claim <c>iss</c>.</summary>
    public string Name { get; }

    private string Algorithm => key is RSA ? "RS256" : "ES256";

    /// <summary>An issuer with a new P-256 key.</summary>
    public static TokenIssuer CreateElliptic(string name) => new(name, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>An issuer with a new RSA key.</summary>
    public static TokenIssuer CreateRsa(string name) => new(name, RSA.Create(RsaBits));

    /// <summary>An issuer with the key of a PEM file: RSA, or EC with P-256.</summary>
    /// <exception cref="CliException">The file holds no such key.</exception>
    public static TokenIssuer Read(string name, string path)
    {
        var pem = File.ReadAllText(path);
        return TryImport(RSA.Create(), pem) is { } rsa ? new(name, rsa)
            : TryImport(ECDsa.Create(), pem) is ECDsa { KeySize: 256 } elliptic ? new(name, elliptic)
            : throw new CliException($"{path}: must hold a private key in PEM, RSA or EC with P-256; make one with onboardctl load issuer");
    }

    /// <summary>The private key, PKCS #8 in PEM.</summary>
    public string PrivatePem() => key.ExportPkcs8PrivateKeyPem();

    /// <summary>Its JSON Web Key Set.</summary>
    public string KeySet()
    {
        var jwk = new JsonObject { ["kid"] = KeyId, ["alg"] = Algorithm, ["use"] = "sig" };
        if (key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Base64Url.EncodeToString(parameters.Modulus), Base64Url.EncodeToString(parameters.Exponent));
        }
        else
        {
            var point = ((ECDsa)key).ExportParameters(includePrivateParameters: false).Q;
            (jwk["kty"], jwk["crv"]) = ("EC", "P-256");
            (jwk["x"], jwk["y"]) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        }

        return new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();
    }

    /// <summary>An ID token of a VM, valid for an hour.</summary>
    public string Token(string subject, string audience, DateTimeOffset now, JsonObject? attributes = null)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = KeyId };
        var payload = new JsonObject
        {
            ["iss"] = Name,
            ["sub"] = subject,
            ["aud"] = audience,
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Validity).ToUnixTimeSeconds(),
        };
        if (attributes is not null)
        {
            payload["attributes"] = attributes;
        }

        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose() => key.Dispose();

    private byte[] Sign(byte[] input)
    {
        lock (gate)
        {
            return key is RSA rsa
                ? rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : ((ECDsa)key).SignData(input, HashAlgorithmName.SHA256);
        }
    }

    private static AsymmetricAlgorithm? TryImport(AsymmetricAlgorithm empty, string pem)
    {
        try
        {
            empty.ImportFromPem(pem);
            return empty;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            empty.Dispose();
            return null;
        }
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
