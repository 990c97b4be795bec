using Onboarding.Core;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>
/// Keys that are fetched: every 10 min, and at once for an unknown id, one fetch for all who wait. Strangers can invent ids,
/// so fetches have a cool-down and waiters a limit; who finds neither gets <c>unavailable</c>.
/// </summary>
internal sealed class FetchedKeys : IIssuerKeys
{
    public const string CheckName = "keys";
    private const string NotYet = "";

    private readonly JwtIssuerOptions issuer;
    private readonly IKeySource source;
    private readonly TimeProvider time;
    private readonly IssuerKeysTelemetry telemetry;
    private readonly ITimer timer;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private volatile Fetched? current;
    private Task<bool>? running;
    private long startedAt;
    private int waiters;
    private string? lastFailure = NotYet;

    /// <summary>Begins with the first fetch.</summary>
    public FetchedKeys(JwtIssuerOptions issuer, IKeySource source, TimeProvider time, IssuerKeysTelemetry telemetry)
    {
        (this.issuer, this.source, this.time, this.telemetry) = (issuer, source, time, telemetry);
        timer = time.CreateTimer(_ => Refresh(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Refresh();
    }

    public ValueTask<Outcome<VerificationKey>> FindAsync(string? keyId, JwtAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var match = Find(keyId, algorithm);
        return match == default ? FindFetchedAsync(keyId, algorithm, cancellationToken) : new(ToOutcome(match));
    }

    public void Dispose()
    {
        stopping.Cancel();
        lock (gate)
        {
            timer.Dispose();
        }
    }

    /// <summary>What a key set said; that it does not know the id is a refusal here.</summary>
    public static Outcome<VerificationKey> ToOutcome(KeyMatch match) =>
        match.Key is { } key ? key : JwtRefusal.Rejected(CheckName, match.Fault ?? "the issuer has no key with that kid");

    private async ValueTask<Outcome<VerificationKey>> FindFetchedAsync(string? keyId, JwtAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var (fetch, match, refusal) = Join(keyId, algorithm);
        if (fetch is null)
        {
            return refusal ?? ToOutcome(match);
        }

        try
        {
            if (!await fetch.WaitAsync(OidcLimits.Wait, time, cancellationToken))
            {
                return JwtRefusal.Unavailable(CheckName, "the issuer's keys could not be fetched", OidcLimits.CoolDown);
            }
        }
        catch (TimeoutException)
        {
            return JwtRefusal.Unavailable(CheckName, "the issuer's keys are slow to come", OidcLimits.Wait);
        }
        finally
        {
            Interlocked.Decrement(ref waiters);
        }

        return ToOutcome(Find(keyId, algorithm));
    }

    /// <summary>A fetch to wait for; else a match, when one has just ended; else a refusal.</summary>
    private (Task<bool>? Fetch, KeyMatch Match, Refusal? Refusal) Join(string? keyId, JwtAlgorithm algorithm)
    {
        lock (gate)
        {
            var match = Find(keyId, algorithm);
            if (match != default)
            {
                return (null, match, null);
            }

            var rest = OidcLimits.CoolDown - time.GetElapsedTime(startedAt);
            if (running is null && rest > TimeSpan.Zero)
            {
                return (null, default, JwtRefusal.Unavailable(CheckName, "no key at hand has that kid, and the last fetch began a moment ago", rest));
            }

            if (Volatile.Read(ref waiters) >= OidcLimits.Waiters)
            {
                return (null, default, JwtRefusal.Unavailable(CheckName, "too many tokens wait for the issuer's keys", OidcLimits.Wait));
            }

            Interlocked.Increment(ref waiters);
            return (running ??= Start(), default, null);
        }
    }

    private KeyMatch Find(string? keyId, JwtAlgorithm algorithm) =>
        current is { } fetched && time.GetElapsedTime(fetched.At) <= OidcLimits.StaleUse ? fetched.Keys.Find(keyId, algorithm) : default;

    private void Refresh()
    {
        lock (gate)
        {
            if (running is null && !stopping.IsCancellationRequested)
            {
                running = Start();
            }
        }
    }

    private Task<bool> Start()
    {
        startedAt = time.GetTimestamp();
        return Task.Run(RunAsync);
    }

    private async Task<bool> RunAsync()
    {
        KeySet? keys = null;
        string? failure = null;
        try
        {
            using var timeout = new CancellationTokenSource(OidcLimits.FetchTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping.Token);
            keys = await source.FetchAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            failure = $"nothing came within {OidcLimits.FetchTimeout.TotalSeconds} s";
        }
        catch (Exception exception)
        {
            failure = exception.GetBaseException().Message;
        }

        lock (gate)
        {
            current = keys is null ? current : new Fetched(keys, startedAt);
            running = null;
            if (!stopping.IsCancellationRequested)
            {
                timer.Change(keys is null ? OidcLimits.CoolDown : OidcLimits.RefreshInterval, Timeout.InfiniteTimeSpan);
            }
        }

        Report(failure);
        return keys is not null;
    }

    /// <summary>One line per change of state; nothing about an issuer that was taken out meanwhile.</summary>
    private void Report(string? failure)
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        telemetry.CountFetch(issuer, succeeded: failure is null);
        if (string.Equals(failure, lastFailure, StringComparison.Ordinal))
        {
            return;
        }

        lastFailure = failure;
        if (failure is null)
        {
            telemetry.KeysFetched(issuer.Issuer);
        }
        else
        {
            telemetry.KeysNotFetched(issuer.Issuer, failure);
        }
    }

    /// <summary>A key set, and when its fetch began.</summary>
    private sealed record Fetched(KeySet Keys, long At);
}
