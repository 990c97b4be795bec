namespace Onboarding.TestKit.Aws;

/// <summary>What is wrong with a <see cref="SimulatedSts"/>'s answers.</summary>
public enum StsMisbehaviour
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They do not come before <see cref="SimulatedSts.Release"/>.</summary>
    Stalls,

    /// <summary>They are 400 with code <c>Throttling</c>.</summary>
    Throttles,

    /// <summary>They are 500.</summary>
    Fails,

    /// <summary>They are 503.</summary>
    Unavailable,

    /// <summary>They are XML, whatever was accepted.</summary>
    Xml,

    /// <summary>They are no JSON.</summary>
    Garbage,

    /// <summary>They have two results, the second one the caller's.</summary>
    TwoResults,

    /// <summary>They go on after their end.</summary>
    TrailingData,

    /// <summary>They have more than 16 KiB.</summary>
    Huge,

    /// <summary>They redirect to where the right answer is.</summary>
    Redirects,
}
