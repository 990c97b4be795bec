namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>One rule about tokens. It may rely on what the checks before it have found.</summary>
internal interface IJwtCheck
{
    /// <summary>Its name in the log.</summary>
    string Name { get; }

    /// <summary>What is wrong; null: nothing. It does not repeat text of the token.</summary>
    string? FindFault(JwtPresentation token);
}
