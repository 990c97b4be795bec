using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class SidecarSupervisorTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly FakeDelay delay;
    private readonly Launcher launcher = new();
    private readonly Probe probe = new();
    private readonly RecordingLogger logger = new();
    private readonly SidecarSupervisor sut;

    public SidecarSupervisorTests()
    {
        delay = new FakeDelay(time);
        sut = new SidecarSupervisor(launcher, probe, delay, time, new FixedRandom(1), new IstioRelease("1.30.0", "canary"), logger);
    }

    [Fact]
    public async Task Ensure_Installed_StartsItAndTellsItsState()
    {
        sut.Ensure("r1");

        launcher.Started.ShouldBe(["r1"]);
        (await StatusAsync()).ShouldBe(new SidecarStatus(SidecarState.Starting, "1.30.0", "canary", "r1"));
        probe.IsReady = true;
        (await StatusAsync()).State.ShouldBe(SidecarState.Ready);
    }

    [Fact]
    public async Task Ensure_NotInstalled_IsMissingUntilItIsInstalled()
    {
        launcher.IsInstalled = false;
        sut.Ensure("r1");
        (await StatusAsync()).State.ShouldBe(SidecarState.Missing);
        var pause = await delay.NextAsync();

        launcher.IsInstalled = true;
        (await StatusAsync()).State.ShouldBe(SidecarState.Stopped);
        pause.Elapse();
        await launcher.NextStartAsync();

        launcher.Started.ShouldBe(["r1"]);
        logger.CountOf(1303).ShouldBe(1);
    }

    [Fact]
    public async Task Ensure_ItEndsAgainAndAgain_IsStartedWithGrowingPauses()
    {
        sut.Ensure("r1");
        var pauses = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            (await launcher.NextStartAsync()).End();
            pauses.Add((await delay.PassAsync()).TotalSeconds);
        }

        await launcher.NextStartAsync();
        pauses.ShouldBe([1, 2, 4, 8]);
    }

    [Fact]
    public async Task Ensure_ItCannotBeStarted_IsTriedAgainAndSaidOnce()
    {
        launcher.Failures = 2;
        sut.Ensure("r1");
        await delay.PassAsync();
        await delay.PassAsync();
        await launcher.NextStartAsync();

        logger.CountOf(1304).ShouldBe(1);
    }

    [Fact]
    public async Task Restart_OlderBundle_DrainsBeforeItStartsAgain()
    {
        sut.Ensure("r1");
        var first = await launcher.NextStartAsync();
        sut.Restart("r2");
        await delay.NextAsync();
        first.Signals.ShouldBe(["TERM"]);
        launcher.Started.ShouldBe(["r1"]);

        first.End();
        await launcher.NextStartAsync();
        launcher.Started.ShouldBe(["r1", "r2"]);
        sut.Revision.ShouldBe("r2");
    }

    [Fact]
    public async Task Restart_ItDoesNotDrain_IsKilledAfterAWhile()
    {
        sut.Ensure("r1");
        var first = await launcher.NextStartAsync();
        first.DiesOf = "KILL";
        sut.Restart("r2");
        (await delay.PassAsync()).ShouldBe(TimeSpan.FromSeconds(20));

        await launcher.NextStartAsync();
        first.Signals.ShouldBe(["TERM", "KILL"]);
    }

    [Fact]
    public async Task Ensure_HandedOver_AdoptsItAndRestartsItOnlyWhenTold()
    {
        var handed = new Child("r0");
        launcher.Handed = handed;
        sut.Ensure("r1");
        (await StatusAsync()).ConfigRevision.ShouldBe("r0");
        launcher.Started.ShouldBeEmpty();

        handed.DiesOf = "TERM";
        sut.Restart("r1");
        await launcher.NextStartAsync();
        launcher.Started.ShouldBe(["r1"]);
    }

    [Fact]
    public async Task Stop_Running_DrainsAndDoesNotStartAgain()
    {
        sut.Ensure("r1");
        var child = await launcher.NextStartAsync();
        child.DiesOf = "TERM";

        await sut.StopAsync();

        child.Signals.ShouldBe(["TERM"]);
        launcher.Started.ShouldBe(["r1"]);
        sut.Revision.ShouldBeNull();
        launcher.Forgot.ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_NeverJoinedButHandedOver_StopsWhatWasHandedOver()
    {
        var handed = new Child("r0") { DiesOf = "TERM" };
        launcher.Handed = handed;

        await sut.StopAsync();

        handed.Signals.ShouldBe(["TERM"]);
    }

    public void Dispose() => sut.Dispose();

    private Task<SidecarStatus> StatusAsync() => sut.GetStatusAsync(CancellationToken.None);

    private sealed class Probe : IReadinessProbe
    {
        public bool IsReady { get; set; }

        public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(IsReady);
    }

    private sealed class Child(string revision) : ISidecarProcess
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? DiesOf { get; set; }

        public List<string> Signals { get; } = [];

        public string Revision => revision;

        public Task Ended => ended.Task;

        public void End() => ended.TrySetResult();

        public void Terminate() => Take("TERM");

        public void Kill() => Take("KILL");

        private void Take(string signal)
        {
            Signals.Add(signal);
            if (signal == DiesOf)
            {
                End();
            }
        }
    }

    private sealed class Launcher : ISidecarLauncher
    {
        private readonly System.Threading.Channels.Channel<Child> starts = System.Threading.Channels.Channel.CreateUnbounded<Child>();

        public bool IsInstalled { get; set; } = true;

        public int Failures { get; set; }

        public ISidecarProcess? Handed { get; set; }

        public List<string> Started { get; } = [];

        public bool Forgot { get; private set; }

        public void Forget() => Forgot = true;

        public async Task<Child> NextStartAsync() => await starts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public ISidecarProcess? TryAdopt()
        {
            var adopted = Handed;
            Handed = null;
            return adopted;
        }

        public ISidecarProcess Start(string revision)
        {
            if (Failures-- > 0)
            {
                throw new SidecarStartException("no such user");
            }

            var child = new Child(revision);
            Started.Add(revision);
            starts.Writer.TryWrite(child);
            return child;
        }
    }
}
