using Onboarding.Core;

namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>The signature is by the one key of the issuer that has the token's <c>kid</c> and fits its algorithm. It alone may wait, for keys.</summary>
internal static class SignatureCheck
{
    private const string Name = "signature";

    public static async ValueTask<Refusal?> RunAsync(JwtPresentation token, CancellationToken cancellationToken)
    {
        var found = await token.Issuer!.Keys.FindAsync(token.KeyId, token.Algorithm!, cancellationToken);
        if (!found.IsGranted)
        {
            return found.Refusal;
        }

        return found.Value.Verify(token.Algorithm!, token.SigningInput, token.Signature)
            ? null
            : JwtRefusal.Rejected(Name, "it is not by the issuer's key");
    }
}
