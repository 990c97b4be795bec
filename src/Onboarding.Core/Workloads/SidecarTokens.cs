using System.Collections.Immutable;
using Onboarding.Core.Entities;
using Onboarding.Core.Sessions;

namespace Onboarding.Core.Workloads;

/// <summary>Gives sessions their sidecars' tokens: one request in 10 min, in between the same token again.</summary>
internal sealed class SidecarTokens(IEntityHost<Session> sessions, ISidecarTokenSource source)
{
    private static readonly Observation NotIssued =
        new(ConditionTypes.SidecarTokenReady, IsTrue: false, "NotIssued", "no source of service-account tokens is configured");

    /// <summary>What is to be told of the token before it was asked for.</summary>
    public ImmutableArray<Observation> Foresee() => source.IsConfigured ? [] : [NotIssued];

    /// <summary>The token, and what is to be told of it where that is news.</summary>
    public async ValueTask<(Outcome<SidecarTokenGrant> Grant, Observation? Observation)> TakeAsync(
        string session, string @namespace, string serviceAccount, CancellationToken cancellationToken)
    {
        var taken = await sessions.AskTwiceAsync(session, new TakeSidecarToken(), cancellationToken);
        if (taken.Token is { } known)
        {
            return (new SidecarTokenGrant(known), null);
        }

        if (!taken.MayFetch)
        {
            return (Unavailability.Because("another request of the session fetches the token"), null);
        }

        if (await source.IssueAsync(@namespace, serviceAccount, cancellationToken) is not { } token)
        {
            return (new SidecarTokenGrant(null), NotIssued);
        }

        await sessions.AskTwiceAsync(session, new KeepSidecarToken(token), cancellationToken);
        return (new SidecarTokenGrant(token), new(ConditionTypes.SidecarTokenReady, IsTrue: true, "Issued"));
    }
}
