using System.Collections.Immutable;
using Onboarding.Core.Workloads;

namespace Onboarding.Cli.Containment;

/// <summary>What became of an edit of the deny list.</summary>
/// <param name="IsChanged">Whether the list was not so before.</param>
/// <param name="Members">The registered workloads that the entry names.</param>
internal sealed record DenyListEdit(bool IsChanged, ImmutableArray<DeniedMember> Members);
