using System.Text;
using System.Threading.Channels;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc.Keys;

/// <summary>A source of keys that answers when a test says so.</summary>
internal sealed class ScriptedSource : IKeySource
{
    private readonly Channel<TaskCompletionSource<KeySet>> pending = Channel.CreateUnbounded<TaskCompletionSource<KeySet>>();
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool fails;
    private int fetches;

    /// <summary>How often it was asked.</summary>
    public int Fetches => Volatile.Read(ref fetches);

    /// <summary>Completes when a fetch waits for its answer.</summary>
    public Task Asked => pending.Reader.WaitToReadAsync().AsTask();

    /// <summary>Completes when a fetch was given up.</summary>
    public Task Cancelled => cancelled.Task;

    public async Task<KeySet> FetchAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref fetches);
        if (fails)
        {
            throw new KeySetException("out of order");
        }

        var answer = new TaskCompletionSource<KeySet>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        await pending.Writer.WriteAsync(answer, CancellationToken.None);
        try
        {
            return await answer.Task;
        }
        catch (OperationCanceledException)
        {
            cancelled.TrySetResult();
            throw;
        }
    }

    /// <summary>Answers the next fetch with ES256 keys of those ids.</summary>
    public async Task AnswerAsync(params string[] keyIds)
    {
        var answer = await pending.Reader.ReadAsync();
        answer.TrySetResult(Keys(keyIds));
    }

    /// <summary>Lets the next fetch fail.</summary>
    public async Task FailAsync() => (await pending.Reader.ReadAsync()).TrySetException(new KeySetException("out of order"));

    /// <summary>Lets every fetch fail at once.</summary>
    public void FailFromNowOn() => fails = true;

    private static KeySet Keys(string[] keyIds)
    {
        var jwks = keyIds.Select(keyId =>
        {
            using var key = new TestIssuerKey(keyId, "ES256");
            return key.Jwk();
        });
        return JwkSetReader.Read(Encoding.UTF8.GetBytes(TestToken.KeySet([.. jwks])));
    }
}
