namespace Onboarding.Core.Identity;

/// <summary>What a credential proved: the identity of the machine a workload runs on. Two identities are equal when all they say is equal.</summary>
public abstract record WorkloadIdentity;
