namespace Onboarding.Agent.Life;

/// <summary>Where the agent's life stands.</summary>
internal enum LifeState
{
    /// <summary>It has not joined yet, or is about to join anew.</summary>
    Joining,

    /// <summary>It is a member.</summary>
    Joined,

    /// <summary>It tries again: something on the way fails.</summary>
    Waiting,

    /// <summary>No policy lets it in, or not any more.</summary>
    NotAuthorized,

    /// <summary>A later session holds the workload.</summary>
    Superseded,
}
