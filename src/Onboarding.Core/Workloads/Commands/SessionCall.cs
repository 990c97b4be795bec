using System.Text.Json.Serialization;
using Onboarding.Core.Entities;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>
/// What a session asks of its workload. Every call checks, in this order: that the session is known and open, its epoch, and the policy version,
/// weighing a verdict when that has moved.
/// </summary>
internal abstract record SessionCall : WorkloadCommand, ICommand<Workload, CallReply>
{
    /// <summary>Hash of the session id.</summary>
    public required string Session { get; init; }

    /// <summary>The session's epoch, as its token says.</summary>
    public required long Epoch { get; init; }

    /// <summary>What is known of the policies.</summary>
    public required PolicyFacts Policy { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAfterEffects { get; init; }

    /// <inheritdoc/>
    public Decision<Workload, CallReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Find(Session) is not { } session || session.Epoch != Epoch)
        {
            return DecideUnknown(state);
        }

        if (session.Epoch < state.Registered?.Session.Epoch)
        {
            return state.Keep(CallReply.Refused(ProblemCodes.Superseded, $"a session with epoch {state.Registered.Session.Epoch} holds the workload"));
        }

        var judgement = session.Judge(Policy, now);
        if (judgement.IsUndecided)
        {
            return state.Keep(new CallReply { Question = new(session.Identity, session.IssuedAt) });
        }

        return judgement.IsLapsed ? state.Keep(CallReply.Of(state, judgement.Session) with { IsLapsed = true })
            : judgement.NeedsCredential ? state.Keep(CallReply.Refused(ProblemCodes.ReattestationRequired, "policy asks for an IAM role that the credential did not prove"))
            : DecideFor(state.With(judgement.Session), judgement.Session, now);
    }

    /// <summary>Decides for a session that may.</summary>
    protected abstract Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now);

    /// <summary>Decides for a session that is not open.</summary>
    protected virtual Decision<Workload, CallReply> DecideUnknown(Workload state) =>
        state.Keep(new CallReply { Refusal = state.RefuseUnknown(Epoch) });

    /// <summary>The refusal of a session that has not registered.</summary>
    protected static CallReply NotRegistered { get; } = CallReply.Refused(ProblemCodes.RegistrationGone, "the session has no registration");
}

/// <summary>What a workload answers its sessions.</summary>
internal sealed record CallReply
{
    /// <summary>Why it was refused.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Policy has moved: the call is to be repeated with its verdict about this.</summary>
    public PolicyQuestion? Question { get; init; }

    /// <summary>The session's permission is gone, and it may be revoked.</summary>
    public bool IsLapsed { get; init; }

    /// <summary>The session.</summary>
    public OpenedSession? Session { get; init; }

    /// <summary>The registration; null: the session has none.</summary>
    public Registered? Registered { get; init; }

    /// <summary>What heartbeats say of it.</summary>
    public Presence? Presence { get; init; }

    /// <summary>Whether the sidecar is ready again after a restart, with this call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasRestarted { get; init; }

    /// <summary>Address of another machine whose lease is live: it was taken over from, or is the reason of the refusal.</summary>
    public string? TakenFrom { get; init; }

    /// <summary>A refusal.</summary>
    public static CallReply Refused(string code, string reason) => new() { Refusal = new(code, reason) };

    /// <summary>What is known of a session.</summary>
    public static CallReply Of(Workload state, OpenedSession session)
    {
        var registered = state.IsHeldBy(session.Id) ? state.Registered : null;
        return new() { Session = session, Registered = registered, Presence = registered?.Presence };
    }
}
