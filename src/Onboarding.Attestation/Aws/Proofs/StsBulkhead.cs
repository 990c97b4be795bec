using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>
/// Bounds the questions to STS that are on their way, all together and for each account, so that one account's storm, or one region that does not
/// answer, holds nobody else up. An account comes here only if a policy names it, so there are few.
/// </summary>
internal sealed class StsBulkhead(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrencyLimiter> accounts = new(StringComparer.Ordinal);
    private readonly ConcurrencyLimiter all = Create(AwsLimits.CallsInFlight);

    /// <summary>Waits for a turn, for at most 2 s; the turn must be disposed of.</summary>
    /// <returns>Null when there was none.</returns>
    public async ValueTask<IDisposable?> EnterAsync(string account, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AwsLimits.Wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // The account's first: whoever waits for it holds no turn of the others.
            var own = await accounts.GetOrAdd(account, _ => Create(AwsLimits.CallsInFlightPerAccount)).AcquireAsync(1, either.Token);
            return own.IsAcquired ? await EnterAsync(own, either.Token) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        all.Dispose();
        foreach (var account in accounts.Values)
        {
            account.Dispose();
        }
    }

    private async ValueTask<IDisposable?> EnterAsync(RateLimitLease own, CancellationToken cancellationToken)
    {
        try
        {
            var common = await all.AcquireAsync(1, cancellationToken);
            if (common.IsAcquired)
            {
                return new Turn(own, common);
            }

            own.Dispose();
            return null;
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    private static ConcurrencyLimiter Create(int permits) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = AwsLimits.WaitingCalls,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private sealed class Turn(RateLimitLease own, RateLimitLease common) : IDisposable
    {
        public void Dispose()
        {
            common.Dispose();
            own.Dispose();
        }
    }
}
