namespace Onboarding.Endpoint.Hosting;

/// <summary>What the process exits with.</summary>
internal static class ExitCodes
{
    /// <summary>It was told to stop, and did.</summary>
    public const int Ok = 0;

    /// <summary>It could not start, or could not go on: a port is taken, a directory cannot be used.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or the configuration are wrong: starting it again without changing them is of no use.</summary>
    public const int Misconfigured = 2;
}
