namespace Onboarding.Attestation.Oidc.Checks;

/// <summary><c>kid</c> is absent or a string without control characters: it is only ever a key of a dictionary.</summary>
internal sealed class KeyIdCheck : IJwtCheck
{
    public string Name => "kid";

    public string? FindFault(JwtPresentation token)
    {
        if (!token.Header.TryGetProperty("kid"u8, out var member))
        {
            return null;
        }

        if (!JsonText.TryGet(member, out var keyId) || JsonText.HasControl(keyId))
        {
            return "it is not a string without control characters";
        }

        token.KeyId = keyId;
        return null;
    }
}
