using System.Text.Json.Nodes;
using Onboarding.Cli.Issuing;
using Onboarding.Cli.Operators;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Demo;

/// <summary>The demo of the silo edition: an agent outlives the silo that served it.</summary>
internal sealed class SiloStory(CliConsole console, TimeProvider time) : IDisposable
{
    private readonly DemoStage stage = new(console, time);
    private readonly TokenIssuer issuer = TokenIssuer.CreateElliptic(DemoFiles.Issuer);
    private readonly Dictionary<DemoSilo, DemoProcess> silos = [];
    private DemoStorage? storage;
    private DemoBalancer? balancer;

    private DemoWorkspace Workspace => stage.Workspace;

    private string Keys => Workspace.At("signing-keys.json");

    /// <summary>Tells it whole.</summary>
    /// <exception cref="CliException">A step did not show what it should.</exception>
    public async Task TellAsync(int count, CancellationToken cancellationToken)
    {
        if (DemoPrograms.FindOrNull("onboarding-silo", "Onboarding.Silo") is not { } program)
        {
            throw new CliException("the silo edition is left out of this build: Orleans' packages were not there (README, \"The silo edition\")");
        }

        await DemoDeclaration.WriteAsync(stage, issuer, time.GetUtcNow(), cancellationToken);
        var database = await StoreAsync(program, cancellationToken);
        await ServeAsync(program, count, cancellationToken);
        var vm = await JoinAsync(cancellationToken);
        await KillItsSiloAsync(vm.Agent, cancellationToken);
        await LeaveAsync(vm.Agent, cancellationToken);
        await Task.WhenAll(silos.Values.Select(silo => silo.StopAsync(cancellationToken)));
        await database.StopAsync(cancellationToken);
        stage.Finish();
    }

    public void Dispose()
    {
        balancer?.Dispose();
        issuer.Dispose();
        stage.Dispose();
        storage?.Dispose();
    }

    private async Task<DemoProcess> StoreAsync(string program, CancellationToken cancellationToken)
    {
        storage = DemoStorage.Choose(Workspace.At("storage.log"));
        stage.Step(storage.NeedsTables ? "Storage that all silos share: PostgreSQL" : "Storage that all silos share: Redis (PostgreSQL is not installed)");
        var database = stage.Add(await storage.StartAsync(cancellationToken));
        var provider = new JsonObject { ["ProviderType"] = storage.Provider, ["ConnectionString"] = storage.ConnectionString };
        var settings = new JsonObject
        {
            ["Orleans"] = new JsonObject
            {
                ["Clustering"] = provider,
                ["GrainStorage"] = new JsonObject { ["Default"] = provider.DeepClone() },
                ["Draining"] = new JsonObject { ["Serve"] = "00:00:01" },
            },
        };
        await File.WriteAllTextAsync(Workspace.At("appsettings.json"), settings.ToJsonString(), cancellationToken);
        await stage.RunAsync(["keys", "create", "--out", Keys], cancellationToken);
        if (storage.NeedsTables)
        {
            stage.Say("$ onboarding-silo storage init");
            var log = Workspace.At("init.log");
            await stage.UntilAsync("the tables are made", log, database, () => InitializeAsync(program, log, cancellationToken), cancellationToken);
        }

        return database;
    }

    // The database may not listen yet.
    private async Task<bool> InitializeAsync(string program, string log, CancellationToken cancellationToken)
    {
        using var init = DemoProcess.Start(log, log, program, "storage", "init", "--settings", Workspace.Root);
        return await init.ExitAsync(cancellationToken) == 0;
    }

    private async Task ServeAsync(string program, int count, CancellationToken cancellationToken)
    {
        stage.Step($"{DemoStage.Text(count)} silos, equal processes, behind one address");
        foreach (var number in Enumerable.Range(1, count))
        {
            var silo = new DemoSilo(program, Workspace, Keys, number);
            silos[silo] = stage.Add(silo.Start());
        }

        foreach (var (silo, process) in silos)
        {
            using var operators = new HttpClient { BaseAddress = new Uri(silo.OperatorsUrl) };
            await stage.UntilAsync($"silo {DemoStage.Text(silo.Number)} is ready", silo.Log, process, () => DemoStage.IsReadyAsync(operators, cancellationToken), cancellationToken);
        }

        balancer = new DemoBalancer([.. silos.Keys.Select(silo => silo.Api)]);
        stage.Say($"agents connect to https://localhost:{DemoStage.Text(balancer.Port)}");
    }

    private async Task<(DemoVm Vm, DemoProcess Agent)> JoinAsync(CancellationToken cancellationToken)
    {
        stage.Step($"A VM joins group {DemoFiles.Group}: {DemoFiles.GoodSubject}");
        var token = issuer.Token(DemoFiles.GoodSubject, DemoFiles.Uid, time.GetUtcNow(), DemoFiles.Attributes("us-east"));
        var vm = new DemoVm(Workspace, "vm007", balancer!.Port, token);
        var agent = stage.Add(vm.Start(DemoPrograms.Find("onboarding-agent", "Onboarding.Agent")));
        await stage.UntilSaidAsync("the sidecar's files are written", vm.Log, "Sidecar files written", agent, cancellationToken);
        await stage.UntilAsync("its heartbeats come", vm.Log, agent, async () => await ServerAsync(silos.Keys, cancellationToken) is not null, cancellationToken);
        stage.Quote(vm.Log);
        return (vm, agent);
    }

    private async Task KillItsSiloAsync(DemoProcess agent, CancellationToken cancellationToken)
    {
        var server = (await ServerAsync(silos.Keys, cancellationToken))!;
        await stage.RunAsync(["get", "silos", "--operators-url", server.OperatorsUrl], cancellationToken);
        stage.Step($"Silo {DemoStage.Text(server.Number)}, which serves the agent, is killed");
        var written = File.ReadAllLines(agent.Log).Length;
        silos[server].Kill();
        silos.Remove(server);
        stage.Say("waiting for the agent's next heartbeat");
        await stage.UntilAsync("another silo serves it", agent.Log, agent, async () => await ServerAsync(silos.Keys, cancellationToken) is not null, cancellationToken);
        stage.Quote(agent.Log, written);
        if (stage.Registrations().Count != 1)
        {
            throw new CliException("the registration is gone");
        }

        var next = (await ServerAsync(silos.Keys, cancellationToken))!;
        stage.Say($"The agent goes on: silo {DemoStage.Text(next.Number)} answered its heartbeat. Same session, same registration.");
        await stage.RunAsync(["get", "silos", "--operators-url", next.OperatorsUrl], cancellationToken);
    }

    private async Task LeaveAsync(DemoProcess agent, CancellationToken cancellationToken)
    {
        stage.Step("The VM shuts down, and leaves gracefully");
        var written = File.ReadAllLines(agent.Log).Length;
        await agent.StopAsync(cancellationToken);
        stage.Quote(agent.Log, written);
        await stage.UntilAsync("the registration is gone", agent.Log, silos.Values.First(), () => Task.FromResult(stage.Registrations().Count == 0), cancellationToken);
        stage.Say("Its WorkloadEntry and WorkloadAutoRegistration are gone.");
    }

    // Whichever of them has had a heartbeat of the one agent.
    private static async Task<DemoSilo?> ServerAsync(IEnumerable<DemoSilo> among, CancellationToken cancellationToken)
    {
        foreach (var silo in among)
        {
            using var client = new OperatorsClient(new Uri(silo.OperatorsUrl));
            var report = await client.GetSilosAsync(cancellationToken);
            if (report.Silos.Any(member => member.Address == silo.Address && member.Agents > 0))
            {
                return silo;
            }
        }

        return null;
    }
}
