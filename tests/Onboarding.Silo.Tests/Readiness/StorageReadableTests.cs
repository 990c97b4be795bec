using Onboarding.Silo.Readiness;
using Onboarding.TestKit.Time;
using Orleans.Storage;

namespace Onboarding.Silo.Tests.Readiness;

public sealed class StorageReadableTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task FindProblem_StorageAnswers_None() =>
        (await new StorageReadable(new Storage(Task.CompletedTask), time).FindProblemAsync(default)).ShouldBeNull();

    [Fact]
    public async Task FindProblem_StorageRefuses_SaysWhy() =>
        (await new StorageReadable(new Storage(Task.FromException(new IOException("no route"))), time).FindProblemAsync(default))
            .ShouldBe("the entities cannot be read: no route");

    [Fact]
    public async Task FindProblem_StorageHangs_DoesNotWaitForIt()
    {
        var asked = new StorageReadable(new Storage(new TaskCompletionSource().Task), time).FindProblemAsync(default).AsTask();
        asked.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromSeconds(5));

        (await asked).ShouldNotBeNull().ShouldContain("cannot be read");
    }

    private sealed class Storage(Task read) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => read;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
    }
}
