using Microsoft.IdentityModel.Tokens;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>A public key that verifies signatures; safe for concurrent use. What it holds natively goes with it when the last user lets go.</summary>
/// <param name="jwk">Only its public members.</param>
/// <param name="signatureSize">The one size of its signatures, in bytes.</param>
/// <param name="onlyAlgorithm">Its <c>alg</c>, where it has one.</param>
internal sealed class VerificationKey(JsonWebKey jwk, int signatureSize, string? onlyAlgorithm)
{
    private static readonly CryptoProviderFactory Cryptography = new() { CacheSignatureProviders = false };
    private readonly SignatureProvider?[] providers = new SignatureProvider?[JwtAlgorithm.Count];

    /// <summary>Whether it may verify signatures of an algorithm: its type, its curve and its <c>alg</c>.</summary>
    public bool Fits(JwtAlgorithm algorithm) =>
        string.Equals(jwk.Kty, algorithm.KeyType, StringComparison.Ordinal)
        && string.Equals(jwk.Crv, algorithm.Curve, StringComparison.Ordinal)
        && (onlyAlgorithm is null || string.Equals(onlyAlgorithm, algorithm.Name, StringComparison.Ordinal));

    /// <summary>Whether a signature is by this key.</summary>
    /// <param name="algorithm">One that fits.</param>
    /// <param name="input">What was signed.</param>
    /// <param name="signature">The signature.</param>
    public bool Verify(JwtAlgorithm algorithm, byte[] input, byte[] signature) =>
        Fits(algorithm) && signature.Length == signatureSize && Provider(algorithm).Verify(input, signature);

    private SignatureProvider Provider(JwtAlgorithm algorithm) =>
        Volatile.Read(ref providers[algorithm.Index])
        ?? Interlocked.CompareExchange(ref providers[algorithm.Index], Create(algorithm), null)
        ?? providers[algorithm.Index]!;

    private SignatureProvider Create(JwtAlgorithm algorithm) => Cryptography.CreateForVerifying(jwk, algorithm.Name, cacheProvider: false);
}
