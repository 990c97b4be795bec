using System.Collections.Frozen;

namespace Onboarding.Attestation.Oidc;

/// <summary>A signature algorithm that tokens may have (RFC 7518 section 3.1): asymmetric ones only, each with its kind of key.</summary>
internal sealed class JwtAlgorithm
{
    public const string Rsa = "RSA";
    public const string EllipticCurve = "EC";

    private static readonly FrozenDictionary<string, JwtAlgorithm> ByName = new JwtAlgorithm[]
    {
        new(0, "RS256", Rsa),
        new(1, "RS384", Rsa),
        new(2, "RS512", Rsa),
        new(3, "PS256", Rsa),
        new(4, "PS384", Rsa),
        new(5, "PS512", Rsa),
        new(6, "ES256", EllipticCurve, "P-256"),
        new(7, "ES384", EllipticCurve, "P-384"),
        new(8, "ES512", EllipticCurve, "P-521"),
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    private JwtAlgorithm(int index, string name, string keyType, string? curve = null) =>
        (Index, Name, KeyType, Curve) = (index, name, keyType, curve);

    /// <summary>How many there are.</summary>
    public static int Count => ByName.Count;

    /// <summary>From 0.</summary>
    public int Index { get; }

    /// <summary>The value of <c>alg</c>, in exactly this case.</summary>
    public string Name { get; }

    /// <summary>The <c>kty</c> of its keys.</summary>
    public string KeyType { get; }

    /// <summary>The <c>crv</c> of its keys, where they have one.</summary>
    public string? Curve { get; }

    /// <summary>The algorithm of a name; null: not one that tokens may have.</summary>
    public static JwtAlgorithm? Find(string name) => ByName.GetValueOrDefault(name);
}
