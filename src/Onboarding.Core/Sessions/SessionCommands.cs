using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Entities;
using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>A command to a <see cref="Session"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(StartSession), "start")]
[JsonDerivedType(typeof(CheckToken), "check")]
[JsonDerivedType(typeof(RenewToken), "renew")]
[JsonDerivedType(typeof(TakeSidecarToken), "takeSidecarToken")]
[JsonDerivedType(typeof(KeepSidecarToken), "keepSidecarToken")]
[JsonDerivedType(typeof(DeleteSession), "delete")]
internal abstract record SessionCommand;

/// <summary>Makes the session.</summary>
internal sealed record StartSession(string KeyThumbprint, IssuedToken Token, DateTimeOffset NotAfter) : SessionCommand, ICommand<Session, TokenReply>
{
    /// <summary>Addresses that its credential vouched for.</summary>
    public ImmutableArray<string> VerifiedAddresses { get; init; } = [];

    /// <inheritdoc/>
    public Decision<Session, TokenReply> Decide(Session state, DateTimeOffset now)
    {
        var reply = new TokenReply(TokenStanding.Current, Token);
        return state.IsAbsent
            ? new Session { KeyThumbprint = KeyThumbprint, Current = Token, NotAfter = NotAfter, VerifiedAddresses = VerifiedAddresses }.Store(reply)
            : state.Keep(reply);
    }
}

/// <summary>Asks what a token is; a copy of an old one ends the session.</summary>
internal sealed record CheckToken(string TokenHash) : SessionCommand, ICommand<Session, TokenReply>
{
    /// <inheritdoc/>
    public Decision<Session, TokenReply> Decide(Session state, DateTimeOffset now)
    {
        var standing = state.StandingOf(TokenHash, now);
        var reply = new TokenReply(standing) { VerifiedAddresses = state.VerifiedAddresses };
        return standing == TokenStanding.Reused && !state.IsCompromised
            ? (state with { IsCompromised = true }).Store(reply)
            : state.Keep(reply);
    }
}

/// <summary>Gives a token its successor.</summary>
/// <param name="TokenHash">The token.</param>
/// <param name="SuccessorHash">Its successor, whose id the caller derived.</param>
/// <param name="Validity">How long the successor is valid.</param>
internal sealed record RenewToken(string TokenHash, string SuccessorHash, TimeSpan Validity) : SessionCommand, ICommand<Session, TokenReply>
{
    /// <inheritdoc/>
    public Decision<Session, TokenReply> Decide(Session state, DateTimeOffset now)
    {
        switch (state.StandingOf(TokenHash, now))
        {
            case TokenStanding.Previous:
                return state.Keep(new TokenReply(TokenStanding.Previous, state.Current, state.KeyThumbprint));
            case TokenStanding.Current when now >= state.NotAfter:
                return state.Keep(new TokenReply(TokenStanding.Lapsed));
            case TokenStanding.Current:
                var issuedAt = now.ToWholeSeconds();
                var successor = new IssuedToken(SuccessorHash, issuedAt, issuedAt + Validity);
                return (state with { Current = successor, Previous = new(TokenHash, now + Session.PreviousTokenValidity) })
                    .Store(new TokenReply(TokenStanding.Current, successor, state.KeyThumbprint));
            default:
                return new CheckToken(TokenHash).Decide(state, now);
        }
    }
}

/// <summary>Asks for the sidecar's token, or for leave to fetch one.</summary>
internal sealed record TakeSidecarToken : SessionCommand, ICommand<Session, SidecarTokenReply>
{
    /// <inheritdoc/>
    public Decision<Session, SidecarTokenReply> Decide(Session state, DateTimeOffset now)
    {
        var slot = state.SidecarToken;
        if (slot.Token is { } token && now < slot.FreshUntil)
        {
            return state.Keep(new SidecarTokenReply(token, MayFetch: false));
        }

        return state.IsAbsent || now < slot.RequestedUntil
            ? state.Keep(new SidecarTokenReply(null, MayFetch: false))
            : (state with { SidecarToken = slot with { RequestedUntil = now + SidecarTokenSlot.Patience } }).Remember(new SidecarTokenReply(null, MayFetch: true));
    }
}

/// <summary>Keeps the sidecar's token in memory, to be given again.</summary>
internal sealed record KeepSidecarToken(SidecarTokenResponse Token) : SessionCommand, ICommand<Session, SidecarTokenReply>
{
    /// <inheritdoc/>
    public Decision<Session, SidecarTokenReply> Decide(Session state, DateTimeOffset now)
    {
        var freshUntil = now + SidecarTokenSlot.Pace;
        var slot = new SidecarTokenSlot(Token, freshUntil < Token.ExpiresAt ? freshUntil : Token.ExpiresAt, RequestedUntil: default);
        var reply = new SidecarTokenReply(Token, MayFetch: false);
        return state.IsAbsent ? state.Keep(reply) : (state with { SidecarToken = slot }).Remember(reply);
    }
}

/// <summary>Takes the session's row away.</summary>
internal sealed record DeleteSession : SessionCommand, ICommand<Session, TokenReply>
{
    /// <inheritdoc/>
    public Decision<Session, TokenReply> Decide(Session state, DateTimeOffset now)
    {
        var reply = new TokenReply(TokenStanding.Unknown);
        return state.IsAbsent ? state.Keep(reply) : new Session().Store(reply);
    }
}

/// <summary>What a token is, the one that is current, and the thumbprint of the session's key.</summary>
internal sealed record TokenReply(TokenStanding Standing, IssuedToken? Current = null, string? KeyThumbprint = null)
{
    /// <summary>Addresses that the session's credential vouched for.</summary>
    public ImmutableArray<string> VerifiedAddresses { get; init; } = [];
}

/// <summary>The sidecar's token; null: fetch one where <paramref name="MayFetch"/>, else somebody does: ask again in a second.</summary>
internal sealed record SidecarTokenReply(SidecarTokenResponse? Token, bool MayFetch);
