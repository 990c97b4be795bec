namespace Onboarding.Agent.Commands;

/// <summary>What the agent is asked to do.</summary>
internal enum AgentCommand
{
    /// <summary>Join, and stay.</summary>
    Run,

    /// <summary>Try each step up to authorization, without joining.</summary>
    Check,

    /// <summary>Say how the agent on this machine stands.</summary>
    Status,

    /// <summary>Print the release.</summary>
    Version,

    /// <summary>Print how it is used.</summary>
    Help,
}
