namespace Onboarding.Agent;

/// <summary>How the agent ends.</summary>
internal static class ExitCodes
{
    /// <summary>It left, handed over, or all checks passed.</summary>
    public const int Success = 0;

    /// <summary>A check failed, or something that should not happen did.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The configuration is missing or wrong.</summary>
    public const int Configuration = 3;

    /// <summary>The endpoint is not the one this VM was configured for.</summary>
    public const int UntrustedEndpoint = 4;
}
