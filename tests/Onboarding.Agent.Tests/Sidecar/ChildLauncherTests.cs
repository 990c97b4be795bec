using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class ChildLauncherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryRoot root = new();

    [Fact]
    public async Task Start_Script_RunsWithIstiosUserNameAndItsOwnFiles()
    {
        root.PutScript(SidecarPaths.StartScript, "echo \"$USER $PWD $(env | grep -c AGENT_TEST_SECRET)\"; echo problem >&2");
        Environment.SetEnvironmentVariable("AGENT_TEST_SECRET", "hunter2");

        await Launcher().Start("r1").Ended.WaitAsync(Patience);

        root.Read("/out.log").ShouldBe("istio-proxy / 0\n");
        root.Read("/err.log").ShouldBe("problem\n");
    }

    [Fact]
    public async Task Terminate_ScriptThatTraps_LetsItDrain()
    {
        root.PutScript(SidecarPaths.StartScript, $"trap 'echo drained; exit 0' TERM; echo up > {root.PathOf("/up")}; while :; do sleep 0.05; done");
        var sidecar = Launcher().Start("r1");
        await FileAsync("/up");

        sidecar.Terminate();

        await sidecar.Ended.WaitAsync(Patience);
        root.Read("/out.log").ShouldBe("drained\n");
    }

    [Fact]
    public async Task TryAdopt_SidecarOfTheAgentBefore_IsFoundWithItsRevision()
    {
        root.PutScript(SidecarPaths.StartScript, "exec sleep 600");
        var sidecar = Launcher().Start("r7");

        var adopted = Launcher().TryAdopt()!;
        adopted.Revision.ShouldBe("r7");

        adopted.Kill();
        await sidecar.Ended.WaitAsync(Patience);
        await adopted.Ended.WaitAsync(Patience);
        Launcher().TryAdopt().ShouldBeNull();
    }

    [Fact]
    public void TryAdopt_IdThatAnotherProcessHasNow_IsNotTakenForTheSidecar()
    {
        new SidecarRecord(root.Files).Save(new SidecarRecord.Entry(Environment.ProcessId, 1, "r1"));

        Launcher().TryAdopt().ShouldBeNull();
    }

    [Fact]
    public void Start_ScriptThatOthersMayWrite_IsRefused()
    {
        var script = root.PutScript(SidecarPaths.StartScript, "exit 0");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_111_111);

        Should.Throw<SidecarStartException>(() => Launcher().Start("r1")).Message.ShouldContain("others may write");
    }

    [Theory]
    [InlineData("/dev/stdout", "/dev/stderr", "exec \"$0\" </dev/null")]
    [InlineData("/dev/stderr", "/var/log/err", "exec \"$0\" </dev/null >&2 2>>\"$2\"")]
    [InlineData("/var/log/out", "/dev/stdout", "exec \"$0\" </dev/null 2>&1 >>\"$1\"")]
    public void Script_AgentsOwnOutput_IsInheritedAndNotOpened(string output, string errors, string script) =>
        new SidecarOutput(output, errors).Script.ShouldBe(script);

    public void Dispose() => root.Dispose();

    private ChildLauncher Launcher() =>
        new(root.Files, new SidecarOutput(root.PathOf("/out.log"), root.PathOf("/err.log")), new SidecarRecord(root.Files), TimeProvider.System);

    private async Task FileAsync(string path)
    {
        using var watcher = new FileSystemWatcher(root.Directory);
        var made = new TaskCompletionSource();
        watcher.Created += (_, entry) =>
        {
            if (entry.FullPath == root.PathOf(path))
            {
                made.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        if (!root.Has(path))
        {
            await made.Task.WaitAsync(Patience);
        }
    }
}
