using System.Text.Json.Serialization;

namespace Onboarding.Core.Identity;

/// <summary>What a credential proved: the identity of the machine a workload runs on. Two identities are equal when all they say is equal.</summary>
[JsonConverter(typeof(WorkloadIdentityJsonConverter))]
public abstract record WorkloadIdentity;
