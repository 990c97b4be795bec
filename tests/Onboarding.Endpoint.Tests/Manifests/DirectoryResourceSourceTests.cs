using Microsoft.Extensions.Logging;
using Onboarding.Endpoint.Manifests;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Manifests;

public sealed class DirectoryResourceSourceTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new();
    private readonly ListLogger<DirectoryResourceSource> log = new();
    private readonly DirectoryResourceSource sut;
    private int changes;

    public DirectoryResourceSourceTests()
    {
        sut = new DirectoryResourceSource(directory.Root, time, log);
        sut.Changed += () => changes++;
    }

    public void Dispose()
    {
        sut.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task Refresh_Directory_HasWhatItsFilesSay()
    {
        directory.Write("mesh/istio.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: m}\n");
        directory.Write("groups.yaml", Group("a") + "---\n" + Group("b"));

        await Refresh();

        sut.IsCurrent.ShouldBeTrue();
        sut.Current!.AsOf.ShouldBe(time.GetUtcNow());
        Groups().ShouldBe("a b");
        sut.Current.MeshConfigMaps["istio"]["mesh"].ShouldBe("m");
        changes.ShouldBe(1);
    }

    [Fact]
    public async Task Refresh_NothingChanged_SaysNothing()
    {
        directory.Write("a.yaml", Group("a"));
        await Refresh();
        var before = sut.Current;
        await Refresh();

        sut.Current.ShouldBeSameAs(before);
        changes.ShouldBe(1);
    }

    [Fact]
    public async Task Refresh_FileChangedAddedAndRemoved_IsTakenOver()
    {
        directory.Write("a.yaml", Group("a"));
        await Refresh();
        directory.Write("a.yaml", Group("a2"));
        directory.Write("b.yaml", Group("b"));
        await Refresh();
        Groups().ShouldBe("a2 b");

        directory.Delete("a.yaml");
        await Refresh();
        Groups().ShouldBe("b");
        changes.ShouldBe(3);
    }

    [Fact]
    public async Task Refresh_BrokenFile_KeepsItsLastGoodContentsAndIsReportedOnce()
    {
        directory.Write("a.yaml", Group("a"));
        directory.Write("b.yaml", Group("b"));
        await Refresh();
        directory.Write("a.yaml", Group("a") + "---\napiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: 7}\n");
        directory.Write("b.yaml", Group("b2"));
        await Refresh();
        await Refresh();

        sut.IsCurrent.ShouldBeTrue();
        Groups().ShouldBe("a b2");
        log.At(LogLevel.Error).ShouldBe([$"Manifest {directory.PathOf("a.yaml")}:7: metadata.name: must be a string, not a number; put it in quotes"]);
    }

    [Fact]
    public async Task Refresh_BrokenFileMended_IsTakenOver()
    {
        directory.Write("a.yaml", Group("a"));
        await Refresh();
        directory.Write("a.yaml", "a: [\n");
        await Refresh();
        directory.Write("a.yaml", Group("a2"));
        await Refresh();

        Groups().ShouldBe("a2");
    }

    [Fact]
    public async Task Refresh_NewFileThatIsBroken_HoldsUpNothing()
    {
        directory.Write("a.yaml", Group("a"));
        await Refresh();
        directory.Write("b.yaml", "{");
        directory.Write("a.yaml", Group("a2"));
        await Refresh();

        sut.IsCurrent.ShouldBeTrue();
        Groups().ShouldBe("a2");
    }

    [Fact]
    public async Task Refresh_BrokenAtTheStart_IsAFailedListUntilItIsMended()
    {
        directory.Write("a.yaml", Group("a"));
        directory.Write("b.yaml", "b: 'never closed\n");
        await Refresh();

        sut.IsCurrent.ShouldBeFalse();
        sut.Current.ShouldBeNull();
        log.At(LogLevel.Error).Count.ShouldBe(2);

        directory.Write("b.yaml", Group("b"));
        await Refresh();
        sut.IsCurrent.ShouldBeTrue();
        Groups().ShouldBe("a b");
    }

    [Fact]
    public async Task Refresh_InvalidPolicy_IsThereAndAuthorizesNobody()
    {
        directory.Write("p.yaml", Group("a") + "---\napiVersion: authorization.onboarding.tetrate.io/v1alpha1\nkind: OnboardingPolicy\nmetadata: {name: p}\nspec: {alow: []}\n");
        await Refresh();

        sut.IsCurrent.ShouldBeTrue();
        Groups().ShouldBe("a");
        sut.Current!.Policies.Single().Problems.ShouldBe(["spec.allow: is required", "spec.alow: unknown field; did you mean allow?"]);
        log.At(LogLevel.Error).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Refresh_DirectoryGone_IsAFailedListAndNotAnEmptyOne()
    {
        directory.Write("a.yaml", Group("a"));
        await Refresh();
        Directory.Move(directory.Root, directory.Root + "-away");
        await Refresh();
        await Refresh();

        sut.IsCurrent.ShouldBeFalse();
        Groups().ShouldBe("a");
        changes.ShouldBe(2);
        log.At(LogLevel.Error).Count.ShouldBe(1);

        Directory.Move(directory.Root + "-away", directory.Root);
        await Refresh();
        sut.IsCurrent.ShouldBeTrue();
        changes.ShouldBe(3);
    }

    [Fact]
    public async Task Refresh_DirectoryMissingFromTheStart_KnowsNothing()
    {
        using var other = new DirectoryResourceSource(directory.PathOf("nowhere"), time, log);
        await other.RefreshAsync(CancellationToken.None);

        other.IsCurrent.ShouldBeFalse();
        other.Current.ShouldBeNull();
    }

    [Fact]
    public async Task Refresh_EmptyDirectory_IsACompleteList()
    {
        await Refresh();

        sut.IsCurrent.ShouldBeTrue();
        sut.Current!.WorkloadGroups.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refresh_MountedConfigMap_FollowsTheSwappedLink()
    {
        directory.Write("..1/a.yaml", Group("a"));
        directory.Write("..2/a.yaml", Group("b"));
        File.CreateSymbolicLink(directory.PathOf("..data"), "..1");
        File.CreateSymbolicLink(directory.PathOf("a.yaml"), "..data/a.yaml");
        await Refresh();
        Groups().ShouldBe("a");

        File.Delete(directory.PathOf("..data"));
        File.CreateSymbolicLink(directory.PathOf("..data"), "..2");
        await Refresh();
        Groups().ShouldBe("b");
    }

    [Fact]
    public async Task Watching_FileChanged_IsTakenOverASecondAfterItWasNoticed()
    {
        directory.Write("a.yaml", Group("a"));
        await StartWatchingAsync();
        Groups().ShouldBe("a");
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sut.Changed += () => taken.TrySetResult();

        directory.Write("a.yaml", Group("a2"));
        time.Advance(DirectoryResourceSource.PollInterval);
        time.Advance(DirectoryResourceSource.Quiet);
        await taken.Task;

        Groups().ShouldBe("a2");
        await sut.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Watching_DirectoryGoneAndBackUnchanged_IsListedAgain()
    {
        directory.Write("a.yaml", Group("a"));
        await StartWatchingAsync();

        foreach (var isThere in new[] { false, true })
        {
            var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sut.Changed += () => noticed.TrySetResult();
            Directory.Move(directory.Root + (isThere ? "-away" : ""), directory.Root + (isThere ? "" : "-away"));
            time.Advance(DirectoryResourceSource.PollInterval);
            time.Advance(DirectoryResourceSource.Quiet);
            await noticed.Task.WaitAsync(TimeSpan.FromSeconds(30));

            sut.IsCurrent.ShouldBe(isThere);
        }

        Groups().ShouldBe("a");
        await sut.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Watching_WhoeverIsToldFails_GoesOnWatching()
    {
        directory.Write("a.yaml", Group("a"));
        await StartWatchingAsync();
        using var told = new SemaphoreSlim(0);
        sut.Changed += () =>
        {
            told.Release();
            throw new InvalidOperationException("a fault of ours");
        };

        foreach (var name in new[] { "a2", "a33" })
        {
            Replace("a.yaml", Group(name));
            time.Advance(DirectoryResourceSource.PollInterval);
            time.Advance(DirectoryResourceSource.Quiet);
            (await told.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        }

        Groups().ShouldBe("a33");
        await sut.StopAsync(CancellationToken.None);
    }

    /// <summary>In one step, since what was noticed before may just be read.</summary>
    private void Replace(string name, string text)
    {
        var draft = directory.Root + ".draft";
        File.WriteAllText(draft, text);
        File.Move(draft, directory.PathOf(name), overwrite: true);
    }

    /// <summary>A background service begins on a thread of its own: returns when it polls.</summary>
    private async Task StartWatchingAsync()
    {
        await sut.StartAsync(CancellationToken.None);
        while (time.ActiveTimers == 0)
        {
            await Task.Yield();
        }
    }

    private Task Refresh() => sut.RefreshAsync(CancellationToken.None);

    private string Groups() => string.Join(' ', sut.Current!.WorkloadGroups.Select(group => group.Metadata.Name));

    private static string Group(string name) => $"apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {{name: {name}, namespace: bookinfo}}\n";
}
