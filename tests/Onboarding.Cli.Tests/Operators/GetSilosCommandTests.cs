using System.Text.Json.Nodes;
using Onboarding.Cli.Tests.Workloads;
using Onboarding.TestKit.Data;

namespace Onboarding.Cli.Tests.Operators;

public sealed class GetSilosCommandTests
{
    private const string Cluster = """
        {"edition":"silo","cluster":"onboarding","silos":[
          {"name":"silo-a","address":"10.0.0.1:11111","status":"Active","activations":{"session":7,"workload":5},"agents":4,"problem":null},
          {"name":"silo-b","address":"10.0.0.2:11111","status":"ShuttingDown","activations":{},"agents":null,"problem":"it does not answer: too slow"}]}
        """;

    [Fact]
    public async Task GetSilos_Table_ShowsMembersAndWhatTheyCarry()
    {
        await using var server = await ServeAsync(Cluster);

        var run = await Cli.RunAsync("get", "silos", "--operators-url", server.Url);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldBe(
        [
            ["NAME", "ADDRESS", "STATUS", "AGENTS", "SESSION", "WORKLOAD"],
            ["silo-a", "10.0.0.1:11111", "Active", "4", "7", "5"],
            ["silo-b", "10.0.0.2:11111", "ShuttingDown", "-", "-", "-"],
        ]);
        run.Error.ShouldContain("silo-b: it does not answer: too slow");
    }

    [Fact]
    public async Task GetSilos_Json_IsWhatTheEndpointSays()
    {
        await using var server = await ServeAsync(Cluster);

        var run = await Cli.RunAsync("get", "silos", "--operators-url", server.Url, "-o", "json");

        JsonNode.DeepEquals(JsonNode.Parse(run.Output), JsonNode.Parse(Cluster)).ShouldBeTrue(run.Output);
    }

    [Fact]
    public async Task GetSilos_StandaloneEdition_SaysThatThereAreNone()
    {
        await using var server = await ServeAsync("""{"edition":"standalone","cluster":null,"silos":[]}""");

        var run = await Cli.RunAsync("get", "silos", "--operators-url", server.Url);

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("standalone edition");
    }

    [Fact]
    public async Task GetSilos_SomebodyElseAnswers_FailsAndSaysSo()
    {
        await using var other = await FakeAdministration.StartOnAPortAsync([]);
        await using var strange = await ServeAsync("<html>");

        (await Cli.RunAsync("get", "silos", "--operators-url", other.Url)).Error.ShouldContain("404");
        var run = await Cli.RunAsync("get", "silos", "--operators-url", strange.Url);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task GetSilos_NobodyAnswers_FailsAndNamesTheOption()
    {
        var run = await Cli.RunAsync("get", "silos", "--operators-url", $"http://127.0.0.1:{FreePorts.Take(1)[0]}");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("--operators-url");
    }

    [Theory]
    [InlineData("localhost:9082")]
    [InlineData("/run/admin.sock")]
    [InlineData("")]
    public async Task GetSilos_NoUrl_Refused(string url)
    {
        var run = await Cli.RunAsync("get", "silos", "--operators-url", url);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("is not an http or https URL");
    }

    private static Task<FakeAdministration> ServeAsync(string report) => FakeAdministration.StartOnAPortAsync(new(StringComparer.Ordinal) { ["/silos"] = report });
}
