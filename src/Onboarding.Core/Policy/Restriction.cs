using System.Collections.Immutable;

namespace Onboarding.Core.Policy;

/// <summary>A condition of a matcher: one field has one of a few values. Matchers are found by the rarest of theirs.</summary>
/// <param name="Field">The field.</param>
/// <param name="Name">Of an attribute its name; else empty.</param>
/// <param name="Values">The values, at least one.</param>
internal sealed record Restriction(IdentityField Field, string Name, ImmutableArray<string> Values);

/// <summary>Fields of identities that matchers restrict.</summary>
internal enum IdentityField
{
    /// <summary>No restriction.</summary>
    Any,

    /// <summary>A token's subject.</summary>
    Subject,

    /// <summary>A token's attribute.</summary>
    Attribute,

    /// <summary>AWS partition.</summary>
    Partition,

    /// <summary>AWS region.</summary>
    Region,

    /// <summary>AWS availability zone.</summary>
    Zone,

    /// <summary>ECS cluster.</summary>
    Cluster,

    /// <summary>IAM role.</summary>
    Role,
}
