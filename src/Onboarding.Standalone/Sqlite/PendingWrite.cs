namespace Onboarding.Standalone.Sqlite;

/// <summary>A write that waits for its commit.</summary>
/// <param name="Kind">The entity's kind.</param>
/// <param name="Key">The entity's key.</param>
/// <param name="Version">The version that must be there; 0: none.</param>
/// <param name="Value">The row; null: it is deleted.</param>
internal sealed record PendingWrite(string Kind, string Key, long Version, byte[]? Value)
{
    // The one writer must not run what follows the reply.
    private readonly TaskCompletionSource<long> committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The new version, once it is durable.</summary>
    public Task<long> Committed => committed.Task;

    public void Succeed(long version) => committed.TrySetResult(version);

    public void Fail(Exception failure) => committed.TrySetException(failure);
}
