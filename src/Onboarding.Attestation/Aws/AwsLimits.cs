namespace Onboarding.Attestation.Aws;

/// <summary>Bounds of what is read from agents, from AWS and from the trust bundle.</summary>
internal static class AwsLimits
{
    /// <summary>Longest identity document, in characters of base64; real ones have some 1,500.</summary>
    public const int DocumentLength = 8 * 1024;

    /// <summary>Longest session token, in characters.</summary>
    public const int SessionTokenLength = 4 * 1024;

    /// <summary>Longest ARN of a task, in characters.</summary>
    public const int ArnLength = 512;

    /// <summary>Largest answer of STS, in bytes.</summary>
    public const int AnswerSize = 16 * 1024;

    /// <summary>Largest header section of an answer, in KiB.</summary>
    public const int AnswerHeadersKiB = 16;

    /// <summary>Questions to STS at the same time.</summary>
    public const int CallsInFlight = 256;

    /// <summary>Questions to STS at the same time about one account.</summary>
    public const int CallsInFlightPerAccount = 64;

    /// <summary>Questions that wait for their turn; those beyond are <c>rate_limited</c> at once.</summary>
    public const int WaitingCalls = 4096;

    /// <summary>Largest file of the trust bundle, in bytes.</summary>
    public const int PemSize = 64 * 1024;

    /// <summary>Most files of the trust bundle.</summary>
    public const int Regions = 256;

    /// <summary>RSA modulus of a region's certificate, in bits.</summary>
    public const int RsaBits = 2048;

    /// <summary>How long a question waits for its turn.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    /// <summary>How long a question may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>When to ask again after STS gave no verdict.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection to STS is used: a changed address, or another <c>stsEndpoints</c>, counts after that.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    /// <summary>How long a proof could be shown again: a challenge's validity.</summary>
    public static readonly TimeSpan ProofLifetime = TimeSpan.FromSeconds(60);

    /// <summary>How long before its end a certificate's expiry is a warning.</summary>
    public static readonly TimeSpan ExpiryWarning = TimeSpan.FromDays(30);

    /// <summary>How often the trust bundle is looked at.</summary>
    public static readonly TimeSpan BundleInterval = TimeSpan.FromSeconds(5);
}
