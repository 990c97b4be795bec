using System.Collections.Immutable;

namespace Onboarding.Core.Policy;

/// <summary>Whether an identity may join a group, and why.</summary>
/// <param name="IsAllowed">The verdict.</param>
/// <param name="Policy">Name of the policy that allowed.</param>
/// <param name="Rule">Index of its rule in <c>allow[]</c>, from 0.</param>
/// <param name="Reason">One line for people.</param>
public sealed record PolicyDecision(bool IsAllowed, string? Policy, int? Rule, string Reason)
{
    /// <summary>What a refusal is due to, which decides how it is carried out on a live session; <see cref="DenialCause.None"/>: it is allowed.</summary>
    public DenialCause Cause { get; init; }
}

/// <summary>What a refusal is due to.</summary>
public enum DenialCause
{
    /// <summary>It is no refusal.</summary>
    None,

    /// <summary>No policy allows it, or there is no such group; takes effect after the withdrawal delay, braked.</summary>
    NotAllowed,

    /// <summary>The identity's issuer, or AWS, or its region, is not or no longer configured; takes effect at once, braked.</summary>
    IssuerNotConfigured,

    /// <summary>The deny list names it; takes effect at once, not braked.</summary>
    Denied,

    /// <summary>The IAM role of an EC2 instance would decide, and was not verified; a live session must attest anew.</summary>
    RoleNotProven,
}

/// <summary>A verdict with what was tried.</summary>
/// <param name="Decision">The verdict.</param>
/// <param name="Candidates">For each candidate the first thing that did not match.</param>
public sealed record PolicyExplanation(PolicyDecision Decision, ImmutableArray<PolicyCandidate> Candidates);

/// <summary>A rule's matcher that was tried.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Rule">Index of the rule in <c>allow[]</c>.</param>
/// <param name="Workload">Index of the matcher in <c>workloads[]</c>.</param>
/// <param name="Mismatch">The first thing that did not match; null: it allowed.</param>
public sealed record PolicyCandidate(string Policy, int Rule, int Workload, string? Mismatch);
