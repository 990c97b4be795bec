using System.Text.Json.Nodes;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Cli.Tests.Load;

public sealed class LoadCommandTests : IDisposable
{
    private readonly TestPki pki = new();
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Run_Storm_EveryWorkloadOpensRegistersFetchesAndLeavesOnce()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(pki);

        var run = await LoadAsync(endpoint, "--workloads", "20", "--concurrency", "4", "--storm");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        foreach (var call in (string[])["POST /v1/sessions", "PUT /v1/registration", "GET /v1/bootstrap", "DELETE /v1/registration"])
        {
            endpoint.Calls[call].ShouldBe(20, call);
        }

        endpoint.Openings.Distinct(StringComparer.Ordinal).Count().ShouldBe(20);
        endpoint.Registrations.ShouldContain(body => body.Contains("\"10.0.0.1\"", StringComparison.Ordinal));
        endpoint.Registrations.Distinct(StringComparer.Ordinal).Count().ShouldBe(20);
        var report = JsonNode.Parse(run.Output)!;
        report["joined"]!.GetValue<int>().ShouldBe(20);
        report["unstarted"]!.GetValue<int>().ShouldBe(0);
        report["calls"]!.AsArray().Select(call => call!["call"]!.GetValue<string>()).ShouldBe(["open", "register", "bootstrap", "leave"]);
        report["calls"]!.AsArray().ShouldAllBe(call => call!["answers"]!.GetValue<int>() == 20);
    }

    [Fact]
    public async Task Run_Stay_NobodyLeaves()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(pki);

        var run = await LoadAsync(endpoint, "--workloads", "3", "--joins-per-second", "1000", "--stay");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        endpoint.Calls.ContainsKey("DELETE /v1/registration").ShouldBeFalse();
    }

    [Theory]
    [InlineData("rate_limited", ExitCodes.Ok)]
    [InlineData("credential_rejected", ExitCodes.NotMet)]
    public async Task Run_ARefusal_IsCountedByItsCodeAndAskedAgain(string code, int exitCode)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(pki, code);

        var run = await LoadAsync(endpoint, "--workloads", "2", "--storm");

        run.ExitCode.ShouldBe(exitCode, run.Error);
        var open = JsonNode.Parse(run.Output)!["calls"]![0]!;
        open["answers"]!.GetValue<int>().ShouldBe(3);
        open["errors"]![code]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData("--endpoint is required")]
    [InlineData("--workloads must be 1 to", "--endpoint", "localhost:1", "--workloads", "0")]
    [InlineData("has not enough addresses", "--endpoint", "localhost:1", "--group", "a/b", "--workloads", "300", "--addresses", "10.0.0.0/24")]
    [InlineData("must be a duration", "--endpoint", "localhost:1", "--group", "a/b", "--duration", "soon")]
    [InlineData("must be NAMESPACE/NAME", "--endpoint", "localhost:1", "--group", "ratings")]
    public async Task Run_AWrongOption_SaysWhich(string message, params string[] options)
    {
        string[] group = options.Contains("--group", StringComparer.Ordinal) ? [] : ["--group", "bookinfo/ratings"];

        var run = await Cli.RunAsync(["load", "--ca", directory.Write("ca.crt", pki.AuthorityPem), "--issuer-key", await IssuerKeyAsync(), .. group, .. options]);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Run_AKeyThatIsNone_SaysHowToMakeOne()
    {
        var run = await Cli.RunAsync(
            "load", "--endpoint", "localhost:1", "--ca", directory.Write("ca.crt", pki.AuthorityPem), "--group", "a/b", "--issuer-key", directory.Write("no.key", "nothing"));

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("onboardctl load issuer");
    }

    [Fact]
    public async Task Issuer_WritesAKeyForItsOwnerAlone()
    {
        var run = await Cli.RunAsync("load", "issuer", "--out", directory.Path, "--issuer", "https://issuer.example");

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Output.ShouldContain("issuer: https://issuer.example");
        run.Output.ShouldNotContain("\"d\"");
        File.GetUnixFileMode(directory.PathOf("load-issuer.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose()
    {
        pki.Dispose();
        directory.Dispose();
    }

    // A first heartbeat comes at any time of an interval: with one this long, in no test.
    private async Task<Cli> LoadAsync(FakeEndpoint endpoint, params string[] options) => await Cli.RunAsync(
    [
        "load", "--endpoint", $"localhost:{endpoint.Port}", "--ca", directory.Write("ca.crt", pki.AuthorityPem), "--group", "bookinfo/ratings",
        "--issuer-key", await IssuerKeyAsync(), "--heartbeat-every", "10000h", "--output", "json", .. options,
    ]);

    private async Task<string> IssuerKeyAsync()
    {
        await Cli.RunAsync("load", "issuer", "--out", directory.Path);
        return directory.PathOf("load-issuer.key");
    }
}
