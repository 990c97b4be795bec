namespace Onboarding.Attestation.Oidc;

/// <summary>Bounds of tokens and key sets, set on purpose: the library's defaults are wider.</summary>
internal static class OidcLimits
{
    /// <summary>Longest token, in characters.</summary>
    public const int TokenLength = 16 * 1024;

    /// <summary>Largest discovery document or key set, in bytes.</summary>
    public const int DocumentSize = 1024 * 1024;

    /// <summary>Most keys of a set.</summary>
    public const int Keys = 64;

    /// <summary>Smallest RSA modulus, in bits.</summary>
    public const int MinRsaBits = 2048;

    /// <summary>Largest RSA modulus, in bits.</summary>
    public const int MaxRsaBits = 8192;

    /// <summary>Most tokens that wait for one fetch.</summary>
    public const int Waiters = 100;

    /// <summary>How far an issuer's clock may be from ours.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    /// <summary>How old keys become before they are fetched again.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between the beginnings of two fetches.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(30);

    /// <summary>How long a token waits for a fetch.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>How long a fetch may take.</summary>
    public static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long the last keys serve without a successful fetch.</summary>
    public static readonly TimeSpan StaleUse = TimeSpan.FromHours(6);
}
