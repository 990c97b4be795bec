namespace Onboarding.Attestation.Oidc.Checks;

/// <summary><c>alg</c> is one of the asymmetric algorithms, in exactly its case (RFC 8725 section 3.1).</summary>
internal sealed class AlgorithmCheck : IJwtCheck
{
    public string Name => "alg";

    public string? FindFault(JwtPresentation token)
    {
        token.Algorithm = JsonText.TryGet(token.Header, "alg"u8, out var name) ? JwtAlgorithm.Find(name) : null;
        return token.Algorithm is null ? "it is none of RS, PS and ES with 256, 384 or 512" : null;
    }
}
