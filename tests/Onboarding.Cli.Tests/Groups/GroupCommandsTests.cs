using System.Text.Json.Nodes;
using Onboarding.Cli.Tests.Workloads;

namespace Onboarding.Cli.Tests.Groups;

public sealed class GroupCommandsTests : IDisposable
{
    private const string Summary = """{"namespace":"bookinfo","name":"ratings","members":8,"connected":5,"suspended":1,"held":3,"outdated":2}""";

    private const string Description = $$$"""
        {"summary":{{{Summary}}},"exists":true,"removed":2,"brakedSince":"2026-03-01T12:00:00+00:00","isRemovalConfirmed":false,"restarting":1,
         "members":[
           {"namespace":"bookinfo","name":"ratings-jwt-corp--vm1","group":"ratings","connected":false,"address":"192.0.2.1","agentVersion":"0.1.0",
            "registeredAt":"2026-03-01T11:00:00+00:00","isRemovalHeld":true},
           {"namespace":"bookinfo","name":"ratings-jwt-corp--vm2","group":"ratings","connected":true,"address":"192.0.2.2","agentVersion":"0.1.0",
            "registeredAt":"2026-03-01T11:00:00+00:00","suspended":"maintenance"}],
         "policies":[{"namespace":"bookinfo","policy":"allow-vms","observedGeneration":0,"isAccepted":false,"reason":"Invalid","message":"spec.allow: is required","matchedWorkloadGroups":0}]}
        """;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task GetGroups_Table_CountsMembers()
    {
        await using var server = await ServeAsync();

        var run = await RunAsync("get", "groups");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldMatch(@"NAMESPACE\s+NAME\s+MEMBERS\s+CONNECTED\s+SUSPENDED\s+HELD\s+OUTDATED");
        run.Output.ShouldMatch(@"bookinfo\s+ratings\s+8\s+5\s+1\s+3\s+2");
    }

    [Fact]
    public async Task GetGroups_NoneInTheNamespace_SaysSoOnTheErrorStream()
    {
        await using var server = await ServeAsync();

        var run = await RunAsync("get", "groups", "-n", "empty");

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("no groups");
    }

    [Fact]
    public async Task DescribeGroup_Braked_ShowsWhatIsHeldAndWhoseTurnItIs()
    {
        await using var server = await ServeAsync();

        var run = await RunAsync("describe", "group", "bookinfo/ratings");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("holds 3 removals since 2026-03-01T12:00:00Z; 2 removed lately");
        run.Output.ShouldContain("2 run with an older boot bundle, 1 have their turn to restart");
        run.Output.ShouldMatch(@"ratings-jwt-corp--vm1\s+removal held\s+192\.0\.2\.1");
        run.Output.ShouldMatch(@"ratings-jwt-corp--vm2\s+suspended");
        run.Output.ShouldMatch(@"allow-vms\s+False\s+Invalid\s+spec\.allow: is required");
    }

    [Fact]
    public async Task DescribeGroup_Json_IsWhatTheEndpointSaid()
    {
        await using var server = await ServeAsync();

        var run = await RunAsync("describe", "group", "bookinfo/ratings", "-o", "json");

        JsonNode.Parse(run.Output)!["summary"]!["held"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task DescribeGroup_Unknown_SaysSoAndExits1()
    {
        await using var server = await ServeAsync();

        var run = await RunAsync("describe", "group", "bookinfo/nobody");

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        run.Error.ShouldContain("no group bookinfo/nobody");
    }

    private Task<Cli> RunAsync(params string[] arguments) => Cli.RunAsync([.. arguments, "--data", directory.Path]);

    private Task<FakeAdministration> ServeAsync() => FakeAdministration.StartAsync(directory.PathOf("admin.sock"), new(StringComparer.Ordinal)
    {
        ["/v1/groups"] = $$"""{"items":[{{Summary}}]}""",
        ["/v1/groups?namespace=empty"] = """{"items":[]}""",
        ["/v1/groups/bookinfo/ratings"] = Description,
    });
}
