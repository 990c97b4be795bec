namespace Onboarding.Core.Policy;

/// <summary>What policy says of a machine at AWS before its IAM role is known: enough to ask AWS about it, or not.</summary>
/// <param name="Decision">Whether it could be allowed, with a role that fits.</param>
/// <param name="NeedsRole">Whether the role makes a difference: a matcher that matches otherwise names roles, or the deny list names one of the account.</param>
public sealed record PolicyProspect(PolicyDecision Decision, bool NeedsRole);
