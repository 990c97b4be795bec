using Onboarding.Standalone.Sqlite;

namespace Onboarding.Standalone.Tests.Sqlite;

public sealed class StorageReadableTests
{
    [Fact]
    public async Task FindProblem_TableThatHasGone_SaysSo()
    {
        using var storage = new TemporarySqliteStore();
        var sut = new StorageReadable(storage.Store);
        (await sut.FindProblemAsync(CancellationToken.None)).ShouldBeNull();

        storage.Execute("DROP TABLE entities");

        (await sut.FindProblemAsync(CancellationToken.None)).ShouldNotBeNull().ShouldStartWith("the entities cannot be read: ");
    }
}
