using Onboarding.Core.Entities.Local;

namespace Onboarding.Standalone.Tests.Sqlite;

public sealed class SqliteEntityStoreTests : IDisposable
{
    private static readonly byte[] Value = "value"u8.ToArray();
    private readonly TemporarySqliteStore rows = new();

    public void Dispose() => rows.Dispose();

    [Fact]
    public async Task Write_New_CanBeReadAfterReopening()
    {
        var version = await rows.Store.WriteAsync("kind", "key", 0, Value);

        rows.Reopen();

        var row = await rows.Store.ReadAsync("kind", "key");
        row!.Version.ShouldBe(version);
        row.Value.ToArray().ShouldBe(Value);
    }

    [Fact]
    public async Task Read_OtherKindOrKey_Null()
    {
        await rows.Store.WriteAsync("kind", "key", 0, Value);

        (await rows.Store.ReadAsync("other", "key")).ShouldBeNull();
        (await rows.Store.ReadAsync("kind", "KEY")).ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Write_OverAnotherVersion_Conflict(long version)
    {
        await rows.Store.WriteAsync("kind", "key", 0, Value);

        await Should.ThrowAsync<EntityConflictException>(rows.Store.WriteAsync("kind", "key", version, [1]).AsTask());

        (await rows.Store.ReadAsync("kind", "key"))!.Value.ToArray().ShouldBe(Value);
    }

    [Fact]
    public async Task Write_DeleteOfAnotherVersion_Conflict()
    {
        await rows.Store.WriteAsync("kind", "key", 0, Value);

        await Should.ThrowAsync<EntityConflictException>(rows.Store.WriteAsync("kind", "key", 1, null).AsTask());

        (await rows.Store.ReadAsync("kind", "key")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Write_DeletedAndMadeAnew_NeverTheSameVersion()
    {
        var first = await rows.Store.WriteAsync("kind", "key", 0, Value);
        (await rows.Store.WriteAsync("kind", "key", first, null)).ShouldBe(0);
        (await rows.Store.ReadAsync("kind", "key")).ShouldBeNull();

        (await rows.Store.WriteAsync("kind", "key", 0, Value)).ShouldNotBe(first);
    }

    [Fact]
    public async Task Write_ManyAtOnce_EachStoredOnce()
    {
        var writes = Enumerable.Range(0, 5000).Select(number => rows.Store.WriteAsync("kind", $"key-{number}", 0, Value).AsTask());

        var versions = await Task.WhenAll(writes);

        versions.Distinct().Count().ShouldBe(5000);
        (await rows.Store.ReadAsync("kind", "key-4999"))!.Version.ShouldBe(versions[4999]);
    }

    [Fact]
    public async Task Write_ConflictWithinABatch_TheOthersAreStored()
    {
        await rows.Store.WriteAsync("kind", "taken", 0, Value);

        var writes = Enumerable.Range(0, 100)
            .Select(number => rows.Store.WriteAsync("kind", number == 50 ? "taken" : $"key-{number}", 0, Value).AsTask())
            .ToList();

        await Should.ThrowAsync<EntityConflictException>(writes[50]);
        await Task.WhenAll(writes.Where((_, number) => number != 50));
    }

    [Fact]
    public async Task Write_CommitFails_WhatIsAcknowledgedIsStoredAndNothingElse()
    {
        rows.Execute("CREATE TRIGGER full BEFORE INSERT ON entities WHEN NEW.key = 'key-500' BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END");

        var writes = Enumerable.Range(0, 1000).Select(number => rows.Store.WriteAsync("kind", $"key-{number}", 0, Value).AsTask()).ToList();

        await Should.ThrowAsync<IOException>(writes[500]);
        for (var number = 0; number < writes.Count; number++)
        {
            var isAcknowledged = await Task.WhenAny(writes[number]) is { IsCompletedSuccessfully: true };
            var isStored = await rows.Store.ReadAsync("kind", $"key-{number}") is not null;
            isStored.ShouldBe(isAcknowledged, $"key-{number}");
        }

        (await rows.Store.WriteAsync("kind", "afterwards", 0, Value)).ShouldNotBe(0);
    }

    [Fact]
    public async Task Dispose_WritesThatWait_AreCommitted()
    {
        var writes = Enumerable.Range(0, 3000).Select(number => rows.Store.WriteAsync("kind", $"key-{number}", 0, Value).AsTask()).ToList();

        rows.Reopen();

        await Task.WhenAll(writes);
        (await rows.Store.ReadAsync("kind", "key-2999")).ShouldNotBeNull();
    }

    [Fact]
    public void Open_DatabaseOfALaterRelease_RefusedWithTheReleaseThatReadsIt()
    {
        rows.Execute("PRAGMA user_version = 7; INSERT INTO schema (version, release) VALUES (7, '9.8.7')");

        var refused = Should.Throw<StartException>(rows.Reopen);

        refused.Message.ShouldContain("schema 7");
        refused.Message.ShouldContain("run release 9.8.7 or later");
    }

    [Fact]
    public void Open_NotADatabase_Refused()
    {
        rows.Store.Dispose();
        File.WriteAllText(rows.Path, "this is a text of more than a hundred characters, which SQLite does not take for one of its databases at all");

        Should.Throw<StartException>(rows.Reopen).Message.ShouldContain(rows.Path);
    }

    [Fact]
    public void Open_Files_ReadableByNobodyElse()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(rows.Path)!))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }
}
