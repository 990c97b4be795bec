using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Core.Sessions;

/// <summary>Spans workloads, which decide about sessions, and sessions, which know their tokens.</summary>
internal sealed class SessionRegistry : ISessionRegistry, IDisposable
{
    private readonly IEntityHost<Workload> workloads;
    private readonly IEntityHost<Session> sessions;
    private readonly IPolicyCatalog catalog;
    private readonly IOptionsSource options;
    private readonly TimeProvider time;
    private readonly OnboardingTokens tokens;
    private readonly SessionKeyPool sessionKeys = new();
    private readonly WorkloadAudit audit;
    private readonly WorkloadCalls calls;

    public SessionRegistry(
        IEntityHost<Workload> workloads,
        IEntityHost<Session> sessions,
        IPolicyCatalog catalog,
        IOptionsSource options,
        SigningKeys keys,
        RemovalBrake brake,
        IAuditTrail trail,
        TimeProvider time)
    {
        this.workloads = workloads;
        this.sessions = sessions;
        this.catalog = catalog;
        this.options = options;
        this.time = time;
        tokens = new OnboardingTokens(options.Uid, keys);
        audit = new WorkloadAudit(trail, time);
        calls = new WorkloadCalls(workloads, catalog, options, brake, audit);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<SessionResponse>> OpenAsync(SessionOpening opening, CancellationToken cancellationToken)
    {
        var sessionId = SessionIds.New();
        var sessionHash = Sha256Text.Hex(sessionId);
        var name = WorkloadName.Of(opening.Group.Metadata.Name, opening.Attested.Identity, options.Current.Workloads.JwtIssuers);
        if (RefuseBeforeAsking(opening, name) is { } early)
        {
            audit.Opening(opening, name ?? "", early, sessionHash, epoch: null, holderAddress: null);
            return early;
        }

        try
        {
            return await OpenAsync(opening, name!, sessionId, sessionHash, cancellationToken);
        }
        catch (UnavailableException e)
        {
            return Unavailability.Because(e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<SessionContext>> AuthenticateAsync(BearerCall call, CancellationToken cancellationToken)
    {
        var verified = tokens.Verify(call.Token, time.GetUtcNow());
        if (verified is not { IsGranted: true, Value: { } claims })
        {
            return verified.Refusal!;
        }

        var session = new SessionContext(
            claims.Group, claims.WorkloadKey, claims.WorkloadName, claims.SessionId, claims.TokenId, claims.Epoch, claims.ExpiresAt, call.CorrelationId, call.Peer);
        if (!call.NeedsProof)
        {
            return session;
        }

        if (CheckProof(call, claims) is { } failure)
        {
            var refusal = new Refusal(ProblemCodes.TokenInvalid, $"the proof of the session's key is not valid: {failure}");
            audit.Refused(AuditActs.Authenticate, session, refusal);
            return refusal;
        }

        if (call.IsRenewal)
        {
            return session;
        }

        try
        {
            return await CheckChainAsync(session, cancellationToken);
        }
        catch (UnavailableException e)
        {
            return Unavailability.Because(e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<SessionResponse>> RenewAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var validity = options.Current.TokenExpiration;
        var id = SessionIds.Hash(session.SessionId);
        var kept = new KeepSession { Session = id, Epoch = session.Epoch, Policy = calls.Facts(session.Group), TokenValidity = validity };
        var allowed = await calls.AskAsync(session, kept, AuditActs.Renew, cancellationToken);
        if (allowed.Refusal is { } refusal)
        {
            return refusal;
        }

        try
        {
            var successor = SessionIds.Successor(session.SessionId, session.TokenId);
            var renewal = new RenewToken(SessionIds.Hash(session.TokenId), SessionIds.Hash(successor), validity);
            var reply = await sessions.AskTwiceAsync(id, renewal, cancellationToken);
            if (reply is not { Standing: TokenStanding.Current or TokenStanding.Previous, Current: { } token, KeyThumbprint: { } thumbprint })
            {
                return await RefuseStandingAsync(session, id, reply.Standing, AuditActs.Renew, cancellationToken);
            }

            var next = session with { TokenId = successor };
            audit.Allowed(AuditActs.Renew, next, policyVersion: kept.Policy.Version);
            return Respond(Claims(next, thumbprint, token));
        }
        catch (UnavailableException e)
        {
            return Unavailability.Because(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sessionKeys.Dispose();

    private static Refusal? RefuseBeforeAsking(SessionOpening opening, string? name) =>
        name is null ? new Refusal(ProblemCodes.CredentialRejected, "its issuer is not configured any more")
        : opening.Attested.KeyThumbprint is { } bound && bound != opening.KeyThumbprint
            ? new Refusal(ProblemCodes.CredentialRejected, "the credential is bound to another session key (cnf.jkt)")
        : !opening.Decision.IsAllowed ? new Refusal(ProblemCodes.NotAuthorized, opening.Decision.Reason)
        : null;

    private async ValueTask<Outcome<SessionResponse>> OpenAsync(
        SessionOpening opening, string name, string sessionId, string sessionHash, CancellationToken cancellationToken)
    {
        var group = new WorkloadGroupReference(opening.Group.Metadata.Namespace, opening.Group.Metadata.Name);
        var key = WorkloadKey.Of(group.Namespace, group.Name, opening.Attested.Identity);
        var command = ToCommand(opening, name, SessionIds.Hash(sessionId));
        var opened = await workloads.AskTwiceAsync(key, command, cancellationToken);
        if (opened.IsCredentialShared)
        {
            audit.SharedCredential(opening, name);
        }

        audit.Opening(opening, name, opened.Refusal, sessionHash, opened.Refusal is null ? opened.Epoch : null, opened.HolderAddress);
        if (opened.Refusal is { } refusal)
        {
            return refusal;
        }

        var tokenId = SessionIds.New();
        var token = new IssuedToken(SessionIds.Hash(tokenId), opened.OpenedAt, opened.OpenedAt + command.TokenValidity);
        var start = new StartSession(opening.KeyThumbprint, token, NotAfter(opening.Attested))
        {
            VerifiedAddresses = [.. opening.Attested.VerifiedAddresses.Select(address => address.ToString())],
        };
        await sessions.AskTwiceAsync(command.Session, start, cancellationToken);
        return Respond(new(group, name, key, sessionId, tokenId, opened.Epoch, opening.KeyThumbprint, token.IssuedAt, token.ExpiresAt));
    }

    private OpenSession ToCommand(SessionOpening opening, string name, string session) => new()
    {
        Session = session,
        Instance = SessionIds.Hash(opening.InstanceId),
        Identity = opening.Attested.Identity,
        Name = name,
        Credential = SessionIds.Hash(opening.Attested.CredentialHash),
        CredentialIssuedAt = opening.Attested.IssuedAt,
        CredentialExpiresAt = opening.Attested.ExpiresAt,
        ProvesMachine = opening.Attested.ProvesMachine,
        Nonce = opening.Attested.Nonce is { } nonce ? SessionIds.Hash(nonce) : null,
        NonceExpiresAt = opening.NonceExpiresAt ?? default,
        TokenValidity = options.Current.TokenExpiration,
        PolicyVersion = opening.PolicyVersion,
        PolicyAsOf = catalog.Find(opening.Group.Metadata.Namespace)?.AsOf ?? time.GetUtcNow(),
        Duplicates = options.Current.Workloads.DuplicateIdentity,
    };

    private string? CheckProof(BearerCall call, TokenClaims claims)
    {
        var proof = DpopProof.Verify(call.Proof, new(call.Method, options.Current.EndpointHosts, call.Path, call.Token, time.GetUtcNow()), sessionKeys);
        return proof.Failure ?? (proof.Thumbprint == claims.KeyThumbprint ? null : "it is another key's");
    }

    private async ValueTask<Outcome<SessionContext>> CheckChainAsync(SessionContext session, CancellationToken cancellationToken)
    {
        var id = SessionIds.Hash(session.SessionId);
        var reply = await sessions.AskTwiceAsync(id, new CheckToken(SessionIds.Hash(session.TokenId)), cancellationToken);
        return reply.Standing is TokenStanding.Current or TokenStanding.Previous
            ? session with { VerifiedAddresses = reply.VerifiedAddresses }
            : await RefuseStandingAsync(session, id, reply.Standing, AuditActs.Authenticate, cancellationToken);
    }

    private async ValueTask<Refusal> RefuseStandingAsync(
        SessionContext session, string id, TokenStanding standing, string act, CancellationToken cancellationToken)
    {
        switch (standing)
        {
            case TokenStanding.Reused:
                await workloads.AskTwiceAsync(session.WorkloadKey, new EndSession(id), cancellationToken);
                audit.Done(AuditActs.TokenReuse, session, "an old token was used again: somebody has a copy; the session was ended");
                return new Refusal(ProblemCodes.ReattestationRequired, "an old token of the session was used again");
            case TokenStanding.Lapsed:
                return Refuse("the session is too old to be renewed");
            default:
                // Its workload knows why there is no such session.
                var check = new CheckSession { Session = id, Epoch = session.Epoch, Policy = calls.Facts(session.Group) };
                var known = await calls.AskAsync(session, check, act, cancellationToken);
                return known.Refusal ?? Refuse("the session's tokens are not known");
        }

        Refusal Refuse(string reason)
        {
            var refusal = new Refusal(ProblemCodes.ReattestationRequired, reason);
            audit.Refused(act, session, refusal);
            return refusal;
        }
    }

    private DateTimeOffset NotAfter(AttestedIdentity attested)
    {
        var workloadOptions = options.Current.Workloads;
        var issuer = attested.Identity is JwtIdentity jwt ? workloadOptions.JwtIssuers.FirstOrDefault(known => known.Issuer == jwt.Issuer) : null;
        return time.GetUtcNow() + Jitter.TenPercent(issuer?.MaxSessionLifetime ?? workloadOptions.MaxSessionLifetime);
    }

    private static TokenClaims Claims(SessionContext session, string thumbprint, IssuedToken token) => new(
        session.Group, session.WorkloadName, session.WorkloadKey, session.SessionId, session.TokenId, session.Epoch, thumbprint, token.IssuedAt, token.ExpiresAt);

    private SessionResponse Respond(TokenClaims claims) =>
        new(tokens.Issue(claims), claims.ExpiresAt, claims.IssuedAt + Jitter.TenPercent((claims.ExpiresAt - claims.IssuedAt) / 2));
}
