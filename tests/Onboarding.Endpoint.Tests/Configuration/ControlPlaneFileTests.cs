using Microsoft.Extensions.Logging;
using Onboarding.Endpoint.Configuration;
using Onboarding.Endpoint.Tests.Manifests;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Configuration;

public sealed class ControlPlaneFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new();
    private readonly ListLogger<ControlPlaneFile> log = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Open_UidInTheFile_IsTheUid()
    {
        using var sut = await Open("uid: https://onboarding.example\n");

        sut.Uid.ShouldBe("https://onboarding.example");
        log.At(LogLevel.Warning).Single().ShouldContain("no credential is accepted");
    }

    [Fact]
    public async Task Open_NoUidInTheFile_IsTheOneThatIsMade()
    {
        using var sut = await Open("localRepository: {}\n");

        sut.Uid.ShouldBe("made");
        sut.Current.Uid.ShouldBeNull();
        sut.Current.LocalRepository.ShouldBeTrue();
    }

    [Fact]
    public async Task Open_WrongFile_SaysEverythingThatIsWrong()
    {
        directory.Write("cp.yaml", "spec:\n  meshExpansion:\n    onboarding:\n      endpoint: {}\n");

        var refused = await Should.ThrowAsync<InvalidConfigurationException>(OpenWritten);
        refused.Message.ShouldBe(
            $"{directory.PathOf("cp.yaml")}:4: spec.meshExpansion.onboarding.endpoint.hosts: is required\n"
            + $"{directory.PathOf("cp.yaml")}:4: spec.meshExpansion.onboarding.endpoint.secretName: is required");
    }

    [Fact]
    public async Task Open_NoFile_SaysSo() =>
        (await Should.ThrowAsync<InvalidConfigurationException>(OpenWritten)).Message.ShouldStartWith($"{directory.PathOf("cp.yaml")}:1: cannot be read: ");

    [Fact]
    public async Task Poll_FileChanged_IsTakenOverOnceItHasSettled()
    {
        using var sut = await Open("localRepository: {}\n");
        var changes = 0;
        sut.Changed += () => changes++;

        Write("tokenIssuer: {jwt: {expiration: 5m}}\n");
        await sut.PollAsync(CancellationToken.None);
        sut.Current.TokenExpiration.ShouldBe(TimeSpan.FromHours(1));
        await sut.PollAsync(CancellationToken.None);
        sut.Current.TokenExpiration.ShouldBe(TimeSpan.FromMinutes(5));
        await sut.PollAsync(CancellationToken.None);

        changes.ShouldBe(1);
        sut.Current.LocalRepository.ShouldBeFalse();
    }

    [Fact]
    public async Task Poll_FileBeingWritten_IsNotTakenForAShorterOne()
    {
        using var sut = await Open("workloads: {denied: [{workload: a/b}]}\n");

        Write("workloads: {denied: []}\n");
        await sut.PollAsync(CancellationToken.None);
        Write("workloads: {denied: [{workload: a/b}, {workload: a/c}]}\n");
        await sut.PollAsync(CancellationToken.None);
        sut.Current.Workloads.Denied.Length.ShouldBe(1);
        await sut.PollAsync(CancellationToken.None);

        sut.Current.Workloads.Denied.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("workloads: {heartbeatInterval: 1s}\n", "spec.meshExpansion.onboarding.workloads.heartbeatInterval: must be at least 5s")]
    [InlineData("endpoint: {}\n", "key \"endpoint\" is there twice; it is first in line 4")]
    public async Task Poll_BadFile_IsReportedOnceAndTheLastGoodOneStays(string field, string problem)
    {
        using var sut = await Open("tokenIssuer: {jwt: {expiration: 5m}}\n");
        var before = sut.Current;

        Write(field);
        await Settle(sut);
        await Settle(sut);

        sut.Current.ShouldBeSameAs(before);
        log.At(LogLevel.Error).ShouldBe(
            [$"Configuration {directory.PathOf("cp.yaml")}:5: {problem}", $"The changed configuration of {directory.PathOf("cp.yaml")} is not taken over; the last good one stays in force."]);
    }

    public static TheoryData<string, string> HostileTexts => new()
    {
        { "is longer than", $"note: {new string('a', 1024 * 1024)}\n" },
        { "is nested deeper than", $"note: {new string('[', 100)}{new string(']', 100)}\n" },
        { "has more than 50000 values", "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 8).Select(level =>
            $"      {(char)('a' + level)}: &{(char)('a' + level)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + level - 1)}", 9))}]\n")) },
        { "stands inside what it stands for", "a: &a [*a]\n" },
    };

    /// <summary>Row 22 of the threats.</summary>
    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Attack_HugeOrCyclicConfiguration_IsRefusedAndTheLastGoodOneStays(string problem, string fields)
    {
        using var sut = await Open("tokenIssuer: {jwt: {expiration: 5m}}\n");
        var before = sut.Current;

        Write(fields);
        await Settle(sut);

        sut.Current.ShouldBeSameAs(before);
        log.At(LogLevel.Error).ShouldContain(line => line.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Poll_FileGone_KeepsTheLastGoodOne()
    {
        using var sut = await Open("tokenIssuer: {jwt: {expiration: 5m}}\n");
        directory.Delete("cp.yaml");
        await Settle(sut);
        sut.Current.TokenExpiration.ShouldBe(TimeSpan.FromMinutes(5));
        log.At(LogLevel.Error).Count.ShouldBe(2);

        Write("tokenIssuer: {jwt: {expiration: 6m}}\n");
        await Settle(sut);
        sut.Current.TokenExpiration.ShouldBe(TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Poll_OtherUid_NeedsARestart()
    {
        using var sut = await Open("uid: one\n");
        Write("uid: two\n      tokenIssuer: {jwt: {expiration: 5m}}\n");
        await Settle(sut);

        (sut.Uid, sut.Current.Uid, sut.Current.TokenExpiration).ShouldBe(("one", "one", TimeSpan.FromMinutes(5)));
        log.At(LogLevel.Warning).ShouldContain(line => line.Contains("onboarding.uid is not in force until the process is restarted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watching_FileChanged_IsTakenOverAfterTwoLooks()
    {
        using var sut = await Open("localRepository: {}\n");
        await sut.StartAsync(CancellationToken.None);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sut.Changed += () => taken.TrySetResult();

        Write("tokenIssuer: {jwt: {expiration: 5m}}\n");
        while (!taken.Task.IsCompleted)
        {
            time.Advance(ControlPlaneFile.Interval);
            await Task.Yield();
        }

        sut.Current.TokenExpiration.ShouldBe(TimeSpan.FromMinutes(5));
        await sut.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Watching_WhoeverIsToldFails_GoesOnWatching()
    {
        using var sut = await Open("localRepository: {}\n");
        await sut.StartAsync(CancellationToken.None);
        sut.Changed += () => throw new InvalidOperationException("a fault of ours");

        foreach (var minutes in new[] { 5, 6 })
        {
            Write($"tokenIssuer: {{jwt: {{expiration: {minutes}m}}}}\n");
            while (log.At(LogLevel.Error).Count(line => line.Contains("could not be taken over whole", StringComparison.Ordinal)) < minutes - 4)
            {
                sut.ExecuteTask!.IsCompleted.ShouldBeFalse();
                time.Advance(ControlPlaneFile.Interval);
                await Task.Yield();
            }
        }

        await sut.StopAsync(CancellationToken.None);
    }

    private static async Task Settle(ControlPlaneFile sut)
    {
        await sut.PollAsync(CancellationToken.None);
        await sut.PollAsync(CancellationToken.None);
    }

    private void Write(string fields) =>
        directory.Write("cp.yaml", $"spec:\n  meshExpansion:\n    onboarding:\n      endpoint: {{hosts: [a.example], secretName: tls}}\n      {fields}");

    private Task<ControlPlaneFile> Open(string fields)
    {
        Write(fields);
        return OpenWritten();
    }

    private Task<ControlPlaneFile> OpenWritten() =>
        ControlPlaneFile.OpenAsync(directory.PathOf("cp.yaml"), () => "made", time, log, CancellationToken.None);
}
