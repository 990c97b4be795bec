using Onboarding.Endpoint.Manifests;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Manifests;

public sealed class SharedDirectoryLockTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new();
    private readonly SharedDirectoryLock sut;

    public SharedDirectoryLockTests() => sut = new SharedDirectoryLock(directory.PathOf("registrations/.locks"), time);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Take_HeldByAnother_WaitsUntilItIsReleased()
    {
        var first = await sut.TakeAsync("bookinfo/a.yaml", default);
        var second = sut.TakeAsync("bookinfo/a.yaml", default);
        second.IsCompleted.ShouldBeFalse();

        await first.DisposeAsync();

        await using var taken = await PassTimeUntilAsync(second);
    }

    [Fact]
    public async Task Attack_WriterIsStoppedBetweenComparingAndWriting_NobodyWritesInBetween()
    {
        await using var stopped = await sut.TakeAsync("bookinfo/a.yaml", default);
        var other = sut.TakeAsync("bookinfo/a.yaml", default);

        await Should.ThrowAsync<IOException>(PassTimeUntilAsync(other));
    }

    [Fact]
    public async Task Take_OtherName_IsFree()
    {
        await using var one = await sut.TakeAsync("bookinfo/a.yaml", default);
        await using var other = await sut.TakeAsync("bookinfo/b.yaml", default);
    }

    private async Task<FileStream> PassTimeUntilAsync(Task<FileStream> done)
    {
        while (!done.IsCompleted)
        {
            time.Advance(Pause);
            await Task.Yield();
        }

        return await done;
    }
}
