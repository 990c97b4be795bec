namespace Onboarding.TestKit.Aws;

/// <summary>What is wrong with a <see cref="SimulatedImds"/>.</summary>
public enum ImdsMisbehaviour
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is switched off (<c>HttpEndpoint: disabled</c>).</summary>
    Disabled,

    /// <summary>The answer that has a token does not come as far as the container that asked.</summary>
    HopLimitTooLow,

    /// <summary>The profile's role does not let EC2 assume it.</summary>
    RoleCannotBeAssumed,

    /// <summary>It is some other cloud's.</summary>
    AnotherCloud,

    /// <summary>Its answers have more than anybody reads.</summary>
    Huge,
}
