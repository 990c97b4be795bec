using System.Text.Json.Nodes;
using Onboarding.EndToEnd.Tests.Support;
using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests;

/// <summary>A workload's way into the mesh and out of it, with the real endpoint, agent and <c>onboardctl</c>.</summary>
public sealed class JourneyTests : IAsyncLifetime, IDisposable
{
    private const string Name = "ratings-jwt-test--vm007";
    private const string Address = "192.0.2.10";

    private TestPki pki = null!;
    private TestIssuer issuer = null!;
    private Site site = null!;
    private EndpointProcess endpoint = null!;
    private Vm vm = null!;
    private ProgramProcess agent = null!;

    public async Task InitializeAsync()
    {
        pki = new TestPki();
        issuer = await TestIssuer.StartAsync(pki);
        site = new Site(pki, issuer, "https://onboarding.journey.example");
        endpoint = await EndpointProcess.StartAsync(site, pki);
        vm = new Vm(site, issuer, "vm007", endpoint.Port, Address);
        agent = vm.StartAgent();
        await agent.SaysAsync("Sidecar files written");
        await UntilRegisteredAsync();
    }

    public async Task DisposeAsync()
    {
        await agent.DisposeAsync();
        await endpoint.DisposeAsync();
        await issuer.DisposeAsync();
    }

    public void Dispose()
    {
        vm.Dispose();
        site.Dispose();
        pki.Dispose();
    }

    [Fact]
    public async Task Join_AllowedByPolicy_WritesFilesAndIsShownOverTheSocket()
    {
        (await File.ReadAllTextAsync(vm.ClusterEnvironment)).ShouldContain($"ISTIO_SVC_IP='{Address}'\n");
        vm.Read("/etc/istio/config/mesh").ShouldContain($"ISTIO_META_WORKLOAD_ENTRY: {Name}\n");
        site.Registrations.Select(Path.GetFileName).ShouldBe([$"{Name}.yaml"]);

        var described = JsonNode.Parse(await Onboardctl.RunAsync("describe", "workload", $"bookinfo/{Name}", "--data", site.Data, "--output", "json"))!;
        (await WorkloadAsync())["address"]!.GetValue<string>().ShouldBe(Address);
        described["identity"]!["jwt"]!["subject"]!.GetValue<string>().ShouldBe("vm007");
        described["decision"]!["policy"]!.GetValue<string>().ShouldBe("allow-vms");
    }

    [Fact]
    public async Task Join_NotAllowedByPolicy_IsRefusedAndWritesNothing()
    {
        using var other = new Vm(site, issuer, "vm666", endpoint.Port, "192.0.2.66");
        await using var refused = other.StartAgent();

        await refused.SaysAsync("403 not_authorized");

        File.Exists(other.ClusterEnvironment).ShouldBeFalse();
        site.Registrations.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Join_WithTheIdentityOfALiveWorkload_IsRefusedAndTheFirstStays()
    {
        using var copy = new Vm(site, issuer, "vm007", endpoint.Port, "192.0.2.66");
        await using var second = copy.StartAgent();

        await second.SaysAsync("409 identity_in_use");

        File.Exists(copy.ClusterEnvironment).ShouldBeFalse();
        await UntilHeardOfAfterAsync(TimeProvider.System.GetUtcNow());
        (await WorkloadAsync())["address"]!.GetValue<string>().ShouldBe(Address);
    }

    [Fact]
    public async Task EndpointKilledAndStarted_AgentLives_StaysRegisteredAsItWas()
    {
        var before = await WorkloadAsync();
        await endpoint.KillAsync();
        await agent.SaysAsync("Heartbeat fails");

        await using var next = await EndpointProcess.StartAsync(site, pki, endpoint.Port);
        await UntilHeardOfAfterAsync(TimeProvider.System.GetUtcNow());

        var after = await WorkloadAsync();
        after["name"]!.GetValue<string>().ShouldBe(Name);
        after["registeredAt"]!.GetValue<string>().ShouldBe(before["registeredAt"]!.GetValue<string>());
        site.Registrations.Select(Path.GetFileName).ShouldBe([$"{Name}.yaml"]);
        next.Output().ShouldNotContain("registration.remove");
        agent.Output().ShouldNotContain("Joining anew");
    }

    [Fact]
    public async Task EndpointRestoredFromABackup_AgentLives_AttestsAnewAndStaysRegistered()
    {
        var before = await WorkloadAsync();
        var archive = Path.Combine(site.Root, "backup.tar");
        await Onboardctl.RunAsync("backup", "--data", site.Data, "--out", archive);
        await endpoint.KillAsync();
        Directory.Move(site.Data, site.Data + ".lost");

        await Onboardctl.RunAsync("restore", "--from", archive, "--data", site.Data);
        await using var next = await EndpointProcess.StartAsync(site, pki, endpoint.Port);
        await agent.SaysAsync("Joining anew");
        await UntilHeardOfAfterAsync(TimeProvider.System.GetUtcNow());

        (await WorkloadAsync())["registeredAt"]!.GetValue<string>().ShouldBe(before["registeredAt"]!.GetValue<string>());
        site.Registrations.Select(Path.GetFileName).ShouldBe([$"{Name}.yaml"]);
        next.Output().ShouldNotContain("registration.remove");
    }

    [Fact]
    public async Task KeysRotated_AgentLives_GoesOnWithItsToken()
    {
        var keys = JsonNode.Parse(await Onboardctl.RunAsync("keys", "rotate", "--data", site.Data, "--output", "json"))!["keys"]!.AsArray();

        keys.Select(key => key!["signs"]!.GetValue<bool>()).ShouldBe([false, true]);
        await UntilHeardOfAfterAsync(TimeProvider.System.GetUtcNow());
        agent.Output().ShouldNotContain("Joining anew");
    }

    [Fact]
    public async Task KeysReplaced_AgentLives_AttestsAnewAndStaysRegistered()
    {
        await Onboardctl.RunAsync("keys", "rotate", "--replace", "--data", site.Data);

        await agent.SaysAsync("Joining anew");
        await UntilHeardOfAfterAsync(TimeProvider.System.GetUtcNow());
        endpoint.Output().ShouldNotContain("registration.remove");
    }

    [Fact]
    public async Task SuspendedAndResumed_AgentLives_LosesItsEntryAndComesBackByItself()
    {
        await Onboardctl.RunAsync("suspend", $"bookinfo/{Name}", "--reason", "disk is full", "--data", site.Data);
        await agent.SaysAsync("not_authorized");
        await UntilWrittenAsync(text => text.Contains("onboarding.tetrate.io/suspended: disk is full", StringComparison.Ordinal)
            && !text.Contains("kind: WorkloadEntry", StringComparison.Ordinal));
        (await Onboardctl.RunAsync("get", "workloads", "-o", "wide", "--data", site.Data)).ShouldContain("suspended");

        await Onboardctl.RunAsync("resume", $"bookinfo/{Name}", "--data", site.Data);
        await UntilHeardOfAfterAsync(TimeProvider.System.GetUtcNow());
        await UntilWrittenAsync(text => !text.Contains("onboarding.tetrate.io/suspended", StringComparison.Ordinal)
            && text.Contains("kind: WorkloadEntry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeniedAndAllowed_AgentLives_IsRemovedAndComesBackByItself()
    {
        var before = await File.ReadAllTextAsync(site.Config);
        var told = await Onboardctl.RunAsync("deny", "--issuer", issuer.Issuer, "--subject", "vm007", "--data", site.Data);
        told.ShouldContain($"bookinfo/{Name} loses its place");
        told.ShouldContain("- cluster.local/ns/bookinfo/sa/bookinfo-ratings");

        await agent.SaysAsync("not_authorized");
        await UntilRemovedAsync();

        await Onboardctl.RunAsync("allow", "--issuer", issuer.Issuer, "--subject", "vm007", "--data", site.Data);
        (await File.ReadAllTextAsync(site.Config)).Replace("        denied:\n          []\n", "", StringComparison.Ordinal).ShouldBe(before);
        await UntilRegisteredAsync();
    }

    [Fact]
    public async Task AgentKilledAndStarted_SameInstance_ContinuesItsLease()
    {
        var (instance, before) = (vm.InstanceId, await WorkloadAsync());
        await agent.KillAsync();

        await using var next = vm.StartAgent();
        await next.SaysAsync($"Joined as {Name}");

        vm.InstanceId.ShouldBe(instance);
        (await WorkloadAsync())["registeredAt"]!.GetValue<string>().ShouldBe(before["registeredAt"]!.GetValue<string>());
        endpoint.Output().ShouldNotContain("registration.remove");
    }

    [Fact]
    public async Task GroupChanged_AgentLives_TakesTheNewBundleAndStaysRegistered()
    {
        var before = await WorkloadAsync();
        site.ChangeGroup("serviceAccount: bookinfo-ratings", "serviceAccount: bookinfo-ratings-v2");

        await Eventually.ThatAsync(
            "the agent's files name the new account",
            async () => (await File.ReadAllTextAsync(vm.ClusterEnvironment)).Contains("bookinfo-ratings-v2", StringComparison.Ordinal),
            agent.Output);

        (await File.ReadAllTextAsync(site.Registrations.Single())).ShouldContain("serviceAccount: bookinfo-ratings-v2");
        (await WorkloadAsync())["registeredAt"]!.GetValue<string>().ShouldBe(before["registeredAt"]!.GetValue<string>());
        agent.Output().ShouldNotContain("Joining anew");
    }

    [Fact]
    public async Task PolicyWithdrawn_AfterTheDelay_RemovesTheEntryAndTellsTheAgent()
    {
        File.Delete(site.Policy);

        await agent.SaysAsync("403 not_authorized");
        await UntilRemovedAsync();

        endpoint.Output().ShouldContain("session.revoke");
    }

    [Fact]
    public async Task Leave_AgentIsStopped_RemovesEntryAndFiles()
    {
        (await agent.TerminateAsync()).ShouldBe(0, agent.Output());

        await UntilRemovedAsync();
        File.Exists(vm.ClusterEnvironment).ShouldBeFalse();
        JsonNode.Parse(await Onboardctl.RunAsync("get", "workloads", "--data", site.Data, "--output", "json"))!["items"]!.AsArray().ShouldBeEmpty();
    }

    private Task UntilRegisteredAsync() => Eventually.ThatAsync(
        "the registration is written", () => Task.FromResult(site.Registrations.Length == 1), endpoint.Output);

    private Task UntilWrittenAsync(Func<string, bool> isSo) => Eventually.ThatAsync(
        "the registration is written so", async () => isSo(await File.ReadAllTextAsync(site.Registrations.Single())), endpoint.Output);

    private Task UntilRemovedAsync() => Eventually.ThatAsync(
        "the registration is gone", () => Task.FromResult(site.Registrations.Length == 0), endpoint.Output);

    private Task UntilHeardOfAfterAsync(DateTimeOffset moment) => Eventually.ThatAsync(
        "the endpoint hears of the agent",
        async () => (await WorkloadAsync())["lastContact"]?.GetValue<DateTimeOffset>() > moment,
        agent.Output);

    /// <summary>The one workload, as <c>get workloads</c> shows it.</summary>
    private async Task<JsonNode> WorkloadAsync() =>
        JsonNode.Parse(await Onboardctl.RunAsync("get", "workloads", "--data", site.Data, "--output", "json"))!["items"]!.AsArray().ShouldHaveSingleItem()!;
}
