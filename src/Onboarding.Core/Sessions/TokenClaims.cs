using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>What an onboarding token says.</summary>
/// <param name="Group">The workload's group.</param>
/// <param name="WorkloadName">Name of the registration.</param>
/// <param name="WorkloadKey">The workload's key, by which a call finds its entity without a lookup.</param>
/// <param name="SessionId"><c>sid</c>.</param>
/// <param name="TokenId"><c>jti</c>.</param>
/// <param name="Epoch">The session's epoch.</param>
/// <param name="KeyThumbprint"><c>cnf.jkt</c> (RFC 7800, RFC 7638): the session's key.</param>
/// <param name="IssuedAt"><c>iat</c> and <c>nbf</c>, in whole seconds.</param>
/// <param name="ExpiresAt"><c>exp</c>, in whole seconds.</param>
internal sealed record TokenClaims(
    WorkloadGroupReference Group,
    string WorkloadName,
    string WorkloadKey,
    string SessionId,
    string TokenId,
    long Epoch,
    string KeyThumbprint,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt);
