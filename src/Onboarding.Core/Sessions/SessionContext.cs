using System.Collections.Immutable;
using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>A bearer call whose token was verified: what the token says.</summary>
/// <param name="Group">The workload's group.</param>
/// <param name="WorkloadKey">The workload's key (see <see cref="Identity.WorkloadKey"/>).</param>
/// <param name="WorkloadName">Name of the registration.</param>
/// <param name="SessionId">The session id, <c>sid</c>; stored only as a hash.</param>
/// <param name="TokenId">The token's <c>jti</c>; stored only as a hash.</param>
/// <param name="Epoch">The session's epoch.</param>
/// <param name="ExpiresAt">When the token expires.</param>
/// <param name="CorrelationId">Correlation id of the request, for the audit stream.</param>
/// <param name="Peer">The client's address, for the audit stream.</param>
public sealed record SessionContext(
    WorkloadGroupReference Group,
    string WorkloadKey,
    string WorkloadName,
    string SessionId,
    string TokenId,
    long Epoch,
    DateTimeOffset ExpiresAt,
    string CorrelationId,
    string Peer)
{
    /// <summary>Addresses that the session's credential vouched for; known where the call had a proof.</summary>
    public ImmutableArray<string> VerifiedAddresses { get; init; } = [];
}
