using Onboarding.Core.Sessions;

namespace Onboarding.Cli.Tests.Keys;

public sealed class KeysCreateCommandTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string Keys => directory.PathOf("signing-keys.json");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Create_NewFile_HasOneKeyAndIsTheOwnersAlone()
    {
        var run = await Cli.RunAsync("keys", "create", "--out", Keys);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var set = SigningKeySet.Parse(await File.ReadAllBytesAsync(Keys));
        set.Keys.ShouldBe([set.Active]);
        run.Output.ShouldContain($"key {set.Active.Kid} signs");
        File.GetUnixFileMode(Keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Create_FileIsThere_RefusedAndKept()
    {
        await Cli.RunAsync("keys", "create", "--out", Keys);
        var before = await File.ReadAllBytesAsync(Keys);

        var run = await Cli.RunAsync("keys", "create", "--out", Keys);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("is there already");
        (await File.ReadAllBytesAsync(Keys)).ShouldBe(before);
    }

    [Fact]
    public async Task Create_FromTheSameFile_TheNewKeyIsAnnounced()
    {
        await Cli.RunAsync("keys", "create", "--out", Keys);
        var before = SigningKeySet.Parse(await File.ReadAllBytesAsync(Keys));

        var run = await Cli.RunAsync("keys", "create", "--from", Keys, "--out", Keys, "--signs-after", "1h");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var after = SigningKeySet.Parse(await File.ReadAllBytesAsync(Keys));
        after.Active.Kid.ShouldBe(before.Active.Kid);
        after.Keys.Length.ShouldBe(2);
        after.Keys[1].SignsFrom.ShouldBe(after.Keys[1].CreatedAt.AddHours(1));
        run.Output.ShouldContain("before that");
    }

    [Fact]
    public async Task Create_Secret_HoldsTheFileThatSilosLookFor()
    {
        var manifest = directory.PathOf("secret.yaml");

        (await Cli.RunAsync("keys", "create", "--out", manifest, "--secret", "onboarding-system/onboarding-keys")).ExitCode.ShouldBe(ExitCodes.Ok);

        var lines = await File.ReadAllLinesAsync(manifest);
        string.Join('\n', lines).ShouldContain("kind: Secret\nmetadata:\n  name: onboarding-keys\n  namespace: onboarding-system\n");
        var data = lines.Single(line => line.StartsWith("  signing-keys.json: ", StringComparison.Ordinal));
        SigningKeySet.Parse(Convert.FromBase64String(data.Split(": ")[1])).Keys.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("--from")]
    [InlineData("--signs-after")]
    [InlineData("--secret")]
    public async Task Create_BadValue_RefusedAndNothingIsWritten(string option)
    {
        var bad = directory.PathOf("bad");
        await File.WriteAllTextAsync(bad, "{}");

        var run = await Cli.RunAsync("keys", "create", "--out", Keys, option, bad);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldNotBeEmpty();
        File.Exists(Keys).ShouldBeFalse();
    }
}
