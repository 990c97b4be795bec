using System.Text.Json.Nodes;

namespace Onboarding.Cli.Tests.Workloads;

public sealed class WorkloadCommandsTests : IDisposable
{
    private const string Summary = """
        {"namespace":"bookinfo","name":"ratings-jwt-my-corp--vm007","group":"ratings","connected":true,"address":"192.0.2.10",
         "agentVersion":"0.1.0","registeredAt":"2026-03-01T12:00:00+00:00","lastContact":"2026-03-01T12:05:30.123+00:00","added":"later"}
        """;

    private const string Description = $$$"""
        {"summary":{{{Summary}}},
         "identity":{"jwt":{"issuer":"https://mycompany.corp","subject":"vm007"}},
         "conditions":[{"type":"AgentConnected","status":"True","reason":"ConnectionEstablished","message":"\u001b[31mred","lastTransitionTime":"2026-03-01T12:00:00Z"}],
         "labels":{"app":"ratings","version":"v1"},
         "decision":{"isAllowed":true,"policy":"allow-vms","rule":0,"reason":"policy \"allow-vms\", rule 0, workload 0 allows it","cause":"None"},
         "bootstrapRevision":"abc"}
        """;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task GetWorkloads_Table_ShowsNameAndConnection()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("get", "workloads", "--data", directory.Path);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["NAMESPACE", "NAME", "AGENT CONNECTED", "REGISTERED"]);
        lines[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["bookinfo", "ratings-jwt-my-corp--vm007", "True", "2026-03-01T12:00:00Z"]);
    }

    [Fact]
    public async Task GetWorkloads_WideInANamespace_ShowsGroupAddressAndVersion()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("get", "workloads", "--socket", directory.PathOf("admin.sock"), "-n", "bookinfo", "-o", "wide");

        run.Output.ShouldContain("AGENT VERSION");
        run.Output.ShouldContain("192.0.2.10");
        run.Output.ShouldContain("2026-03-01T12:05:30Z");
    }

    [Fact]
    public async Task GetWorkloads_Json_HasItems()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("get", "workloads", "--data", directory.Path, "-o", "json");

        JsonNode.Parse(run.Output)!["items"]![0]!["address"]!.GetValue<string>().ShouldBe("192.0.2.10");
    }

    [Fact]
    public async Task GetWorkloads_NoneInTheNamespace_SaysSoOnTheErrorStream()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("get", "workloads", "--data", directory.Path, "-n", "empty");

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("No workloads");
    }

    [Fact]
    public async Task DescribeWorkload_Table_ShowsWhatIsKnownWithoutControlCharacters()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("describe", "workload", "bookinfo/ratings-jwt-my-corp--vm007", "--data", directory.Path);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("""{"jwt":{"issuer":"https://mycompany.corp","subject":"vm007"}}""");
        run.Output.ShouldContain("app=ratings,version=v1");
        run.Output.ShouldContain("policy \"allow-vms\", rule 0, workload 0 allows it");
        run.Output.ShouldContain("ConnectionEstablished");
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task DescribeWorkload_Yaml_IsWhatTheEndpointSaid()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("describe", "workload", "bookinfo/ratings-jwt-my-corp--vm007", "--data", directory.Path, "-o", "yaml");

        run.Output.ShouldContain("    subject: vm007\n");
        run.Output.ShouldContain("bootstrapRevision: abc\n");
    }

    [Fact]
    public async Task DescribeWorkload_Unknown_SaysSoAndExits1()
    {
        await using var server = await ServeAsync();

        var run = await Cli.RunAsync("describe", "workload", "bookinfo/nobody", "--data", directory.Path);

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        run.Error.ShouldContain("no workload bookinfo/nobody is registered");
    }

    [Fact]
    public async Task GetWorkloads_NobodyListens_SaysWhereAndExits2()
    {
        var run = await Cli.RunAsync("get", "workloads", "--data", directory.Path);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldBe($"onboardctl: nobody answers at {directory.PathOf("admin.sock")}: is the endpoint running with that data directory?\n");
    }

    [Fact]
    public async Task GetWorkloads_AnswerThatIsNoList_Exits2()
    {
        await using var server = await FakeAdministration.StartAsync(
            directory.PathOf("admin.sock"), new(StringComparer.Ordinal) { ["/v1/workloads"] = """{"items":[{"name":7}]}""" });

        (await Cli.RunAsync("get", "workloads", "--data", directory.Path)).ExitCode.ShouldBe(ExitCodes.Failed);
    }

    [Theory]
    [InlineData("get", "workloads")]
    [InlineData("get", "workloads", "--data", "a", "--socket", "b")]
    [InlineData("get", "workloads", "--data", "a", "-o", "xml")]
    [InlineData("describe", "workload", "ratings", "--data", "a")]
    public async Task Run_WrongUsage_Exits2(params string[] args) =>
        (await Cli.RunAsync(args)).ExitCode.ShouldBe(ExitCodes.Failed);

    [Fact]
    public async Task GetWorkloads_PathTooLongForASocket_SaysSo() =>
        (await Cli.RunAsync("get", "workloads", "--data", "/" + new string('x', 120))).Error.ShouldContain("too long for a socket");

    private Task<FakeAdministration> ServeAsync() => FakeAdministration.StartAsync(directory.PathOf("admin.sock"), new(StringComparer.Ordinal)
    {
        ["/v1/workloads"] = $$"""{"items":[{{Summary}}]}""",
        ["/v1/workloads?namespace=bookinfo"] = $$"""{"items":[{{Summary}}]}""",
        ["/v1/workloads?namespace=empty"] = """{"items":[]}""",
        ["/v1/workloads/bookinfo/ratings-jwt-my-corp--vm007"] = Description,
    });
}
