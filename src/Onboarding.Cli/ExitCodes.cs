namespace Onboarding.Cli;

/// <summary>What <c>onboardctl</c> exits with.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Something was looked at and is not as it should be: a file is invalid, an expectation is not met.</summary>
    public const int NotMet = 1;

    /// <summary>It could not be done: wrong usage, a file that cannot be read, nobody who answers.</summary>
    public const int Failed = 2;
}
