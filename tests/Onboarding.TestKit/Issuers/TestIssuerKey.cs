using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Onboarding.TestKit.Issuers;

/// <summary>A signing key of a test issuer: RS, PS (2048 bits) or ES with the algorithm's curve.</summary>
public sealed class TestIssuerKey : IDisposable
{
    private readonly AsymmetricAlgorithm key;

    /// <summary>A new key.</summary>
    public TestIssuerKey(string kid, string algorithm = "RS256", int rsaBits = 2048)
    {
        (Kid, Algorithm) = (kid, algorithm);
        key = algorithm switch
        {
            "ES256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            "ES384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "ES512" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ => RSA.Create(rsaBits),
        };
    }

    /// <summary>Its id.</summary>
    public string Kid { get; }

    /// <summary>Its JWS algorithm (RFC 7518 section 3.1).</summary>
    public string Algorithm { get; }

    /// <summary>The key as a JSON Web Key (RFC 7517); a new object at each call.</summary>
    public JsonObject Jwk(bool withPrivate = false)
    {
        var jwk = new JsonObject { ["kid"] = Kid, ["use"] = "sig", ["alg"] = Algorithm };
        if (key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(withPrivate);
            Add(jwk, ("kty", "RSA"), ("n", Encode(parameters.Modulus)), ("e", Encode(parameters.Exponent)), ("d", withPrivate ? Encode(parameters.D) : null));
        }
        else
        {
            var parameters = ((ECDsa)key).ExportParameters(withPrivate);
            var curve = Algorithm switch { "ES256" => "P-256", "ES384" => "P-384", _ => "P-521" };
            Add(jwk, ("kty", "EC"), ("crv", curve), ("x", Encode(parameters.Q.X)), ("y", Encode(parameters.Q.Y)), ("d", withPrivate ? Encode(parameters.D) : null));
        }

        return jwk;
    }

    /// <summary>The public key as PEM, as an attacker would use it for HMAC.</summary>
    public string PublicPem() => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>A token of exactly that header and payload, in JWS compact serialization.</summary>
    public string Sign(string headerJson, string payloadJson)
    {
        var input = Encode(Encoding.UTF8.GetBytes(headerJson)) + "." + Encode(Encoding.UTF8.GetBytes(payloadJson));
        return input + "." + Encode(Sign(Encoding.ASCII.GetBytes(input)));
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private byte[] Sign(byte[] input)
    {
        var hash = Algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        return key switch
        {
            RSA rsa => rsa.SignData(input, hash, Algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            ECDsa ec => ec.SignData(input, hash),
            _ => throw new InvalidOperationException("neither RSA nor EC"),
        };
    }

    private static string Encode(byte[]? bytes) => Base64Url.EncodeToString(bytes);

    private static void Add(JsonObject jwk, params (string Name, string? Value)[] members)
    {
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                jwk[name] = value;
            }
        }
    }
}
