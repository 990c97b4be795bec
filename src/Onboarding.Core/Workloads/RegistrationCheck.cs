using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Commands;

namespace Onboarding.Core.Workloads;

/// <summary>Finds the registration of a session that may make calls.</summary>
internal sealed class RegistrationCheck(WorkloadCalls calls, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>As it stands.</summary>
    public ValueTask<Outcome<CallReply>> AskAsync(SessionContext session, string act, CancellationToken cancellationToken) =>
        calls.AskAsync(session, NewCall(session), act, cancellationToken);

    /// <summary>With its entry, which is written after a registration was answered: waits for it, unless writing it fails or takes too long.</summary>
    public async ValueTask<Outcome<CallReply>> AskWithEntryAsync(SessionContext session, string act, CancellationToken cancellationToken)
    {
        var outcome = await AskAsync(session, act, cancellationToken);
        if (outcome.Value?.Registered is not { AwaitsEntry: true })
        {
            return outcome;
        }

        using var patience = new CancellationTokenSource(LongestWait, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await calls.AskAsync(session, NewCall(session) with { IsAfterEffects = true }, act, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return outcome;
        }
    }

    private CheckRegistration NewCall(SessionContext session) =>
        new() { Session = SessionIds.Hash(session.SessionId), Epoch = session.Epoch, Policy = calls.Facts(session.Group) };
}
