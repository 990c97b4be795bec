using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Asks whether a session may, and what is registered.</summary>
internal sealed record CheckSession : SessionCall
{
    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now) =>
        state.Remember(CallReply.Of(state, session));
}

/// <summary>Allows a renewal: the session's next token expires later.</summary>
internal sealed record KeepSession : SessionCall
{
    /// <summary>Validity of its tokens.</summary>
    public required TimeSpan TokenValidity { get; init; }

    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now)
    {
        var kept = session with { ExpiresAt = now + TokenValidity, TokenValidity = TokenValidity };
        return state.With(kept).Remember(CallReply.Of(state, kept));
    }
}

/// <summary>Asks whether a session holds the registration, and for that.</summary>
internal sealed record CheckRegistration : SessionCall
{
    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now) =>
        state.Remember(state.IsHeldBy(session.Id) ? CallReply.Of(state, session) : NotRegistered);
}
