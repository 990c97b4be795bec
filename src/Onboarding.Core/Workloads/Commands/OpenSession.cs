using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Opens a session and gives it its epoch.</summary>
internal sealed record OpenSession : WorkloadCommand, ICommand<Workload, OpenReply>
{
    private const int MaxCredentials = 8;
    private const int MaxNonces = 32;
    private static readonly TimeSpan NonceMargin = TimeSpan.FromSeconds(60);

    /// <summary>Hash of the session id, which the caller drew.</summary>
    public required string Session { get; init; }

    /// <summary>Hash of the agent's instanceId.</summary>
    public required string Instance { get; init; }

    /// <summary>The identity.</summary>
    public required WorkloadIdentity Identity { get; init; }

    /// <summary>Name of its registration.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the credential.</summary>
    public required string Credential { get; init; }

    /// <summary>When the credential was issued.</summary>
    public required DateTimeOffset CredentialIssuedAt { get; init; }

    /// <summary>Until when the credential is remembered.</summary>
    public required DateTimeOffset CredentialExpiresAt { get; init; }

    /// <summary>Whether it proves the machine itself.</summary>
    public bool ProvesMachine { get; init; }

    /// <summary>Hash of the nonce; null: the credential has none.</summary>
    public string? Nonce { get; init; }

    /// <summary>When the nonce expires.</summary>
    public DateTimeOffset NonceExpiresAt { get; init; }

    /// <summary>Validity of its tokens.</summary>
    public required TimeSpan TokenValidity { get; init; }

    /// <summary>The policy version that allowed it.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>When the resources of that version were listed.</summary>
    public required DateTimeOffset PolicyAsOf { get; init; }

    /// <summary>What becomes of a second machine.</summary>
    public required DuplicateIdentity Duplicates { get; init; }

    /// <inheritdoc/>
    public Decision<Workload, OpenReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Find(Session) is { } already)
        {
            return state.Keep(new OpenReply { Epoch = already.Epoch, OpenedAt = already.OpenedAt });
        }

        var credentials = state.Credentials.RemoveAll(used => used.ExpiresAt <= now);
        var nonces = state.Nonces.RemoveAll(used => used.RefusedUntil <= now);
        var isShared = credentials.Any(used => used.Hash == Credential && used.Instance != Instance);
        if (Refuse(state, nonces, isShared) is { } refusal)
        {
            return state.Keep(new OpenReply { Refusal = refusal, IsCredentialShared = isShared });
        }

        if (state.RefuseDuplicate(Instance, ProvesMachine, Duplicates, now) is { } duplicate)
        {
            return state.Refuse(duplicate, isShared, now);
        }

        var epoch = Math.Max(state.Epoch + 1, now.ToUnixTimeMilliseconds());
        var ended = state.Opened.Length >= Workload.MaxOpened ? state.Opened[0] : null;
        var (next, effects) = ended is null ? (state, []) : state.End(ended);
        next = next with
        {
            Epoch = epoch,
            Opened = next.Opened.Add(ToSession(epoch, now)),
            Nonces = Nonce is null ? nonces : nonces.Add(new UsedNonce(Nonce, Session, NonceExpiresAt + NonceMargin)),
            Credentials = Remember(credentials),
        };
        var reply = new OpenReply { Epoch = epoch, OpenedAt = now.ToWholeSeconds(), IsCredentialShared = isShared, EndedSession = ended?.Id };
        return next.Store(reply, [.. effects]);
    }

    private Refusal? Refuse(Workload state, ImmutableArray<UsedNonce> nonces, bool isShared) =>
        state.Suspended is { } reason ? new Refusal(ProblemCodes.NotAuthorized, $"the workload is suspended: {reason}")
        : Nonce is not null && nonces.Any(used => used.Hash == Nonce) ? new Refusal(ProblemCodes.CredentialRejected, "the challenge was answered before")
        : nonces.Length >= MaxNonces ? new Refusal(ProblemCodes.RateLimited, "too many sessions were opened within two minutes", RetryAfter: NonceMargin)
        : isShared && Duplicates == DuplicateIdentity.Replace ? new Refusal(ProblemCodes.CredentialRejected, "another machine showed the same credential")
        : null;

    private OpenedSession ToSession(long epoch, DateTimeOffset now) => new()
    {
        Id = Session,
        Epoch = epoch,
        Instance = Instance,
        Identity = Identity,
        Name = Name,
        IssuedAt = CredentialIssuedAt,
        OpenedAt = now.ToWholeSeconds(),
        TokenValidity = TokenValidity,
        ExpiresAt = now + TokenValidity,
        ProvesMachine = ProvesMachine,
        PolicyVersion = PolicyVersion,
        PolicyAsOf = PolicyAsOf,
    };

    private ImmutableArray<UsedCredential> Remember(ImmutableArray<UsedCredential> credentials)
    {
        if (credentials.Any(used => used.Hash == Credential && used.Instance == Instance))
        {
            return credentials;
        }

        var room = credentials.Length < MaxCredentials ? credentials : credentials.RemoveRange(0, credentials.Length - MaxCredentials + 1);
        return room.Add(new UsedCredential(Credential, Instance, CredentialExpiresAt));
    }
}

/// <summary>What became of an opening.</summary>
internal sealed record OpenReply
{
    /// <summary>Why it was refused.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The session's epoch.</summary>
    public long Epoch { get; init; }

    /// <summary>When it was opened, in whole seconds: the first token's <c>iat</c>.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Whether another machine showed the same credential before.</summary>
    public bool IsCredentialShared { get; init; }

    /// <summary>The session that was ended to make room.</summary>
    public string? EndedSession { get; init; }

    /// <summary>Address of the machine that holds the identity, where that was the reason.</summary>
    public string? HolderAddress { get; init; }
}
