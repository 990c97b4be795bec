using Onboarding.Cli.Tests.Workloads;

namespace Onboarding.Cli.Tests.Containment;

public sealed class ContainmentCommandsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Suspend_Registered_SaysSo()
    {
        await using var server = await ServeAsync("/v1/workloads/bookinfo/ratings-jwt-corp--vm1/suspension", """{"reason":"maintenance"}""");

        var run = await RunAsync("suspend", "bookinfo/ratings-jwt-corp--vm1", "--reason", "maintenance");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldBe("bookinfo/ratings-jwt-corp--vm1 suspended\n");
        server.Requests.ShouldBe(["""PUT {"reason":"maintenance"}"""]);
    }

    [Fact]
    public async Task Resume_Suspended_SaysSo()
    {
        await using var server = await ServeAsync("/v1/workloads/bookinfo/ratings-jwt-corp--vm1/suspension", "{}");

        (await RunAsync("resume", "bookinfo/ratings-jwt-corp--vm1")).Output.ShouldBe("bookinfo/ratings-jwt-corp--vm1 may join again\n");
        server.Requests.ShouldBe(["""PUT {"reason":null}"""]);
    }

    [Fact]
    public async Task Suspend_NotRegistered_SaysWhatToDoAndExits1()
    {
        await using var server = await ServeAsync("/v1/other", "{}");

        var run = await RunAsync("suspend", "bookinfo/nobody", "--reason", "maintenance");

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        run.Error.ShouldContain("onboardctl deny");
    }

    [Fact]
    public async Task Deny_RegisteredWorkload_PrintsThePolicyThatClosesTheGap()
    {
        await using var server = await ServeAsync(
            "/v1/denied",
            """{"isChanged":true,"members":[{"namespace":"bookinfo","name":"ratings-jwt-corp--vm1","group":"ratings","principal":"cluster.local/ns/bookinfo/sa/ratings-vm"}]}""");

        var run = await RunAsync("deny", "--issuer", "https://mycompany.corp", "--subject", "vm1", "--before", "2026-01-31T12:00:00Z");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("up to an hour");
        run.Output.ShouldEndWith("""
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata:
              name: deny-bookinfo-ratings-vm
              namespace: istio-system
            spec:
              action: DENY
              rules:
              - from:
                - source:
                    principals:
                    - cluster.local/ns/bookinfo/sa/ratings-vm

            """);
        server.Requests.ShouldBe(["""POST {"jwt":{"issuer":"https://mycompany.corp","subject":"vm1"},"before":"2026-01-31T12:00:00.0000000Z"}"""]);
    }

    [Theory]
    [InlineData("""POST {"workload":"bookinfo/vm1"}""", "--workload", "bookinfo/vm1")]
    [InlineData("""POST {"aws":{"account":"123456789012","instanceId":"i-1234567890abcdef0"}}""", "--aws-account", "123456789012", "--instance-id", "i-1234567890abcdef0")]
    [InlineData("""POST {"aws":{"account":"123456789012","taskId":"t"}}""", "--aws-account", "123456789012", "--task-id", "t")]
    [InlineData("""POST {"aws":{"account":"123456789012","iamRole":"web"}}""", "--aws-account", "123456789012", "--iam-role", "web")]
    public async Task Deny_EveryForm_IsAskedFor(string request, params string[] arguments)
    {
        await using var server = await ServeAsync("/v1/denied", """{"isChanged":true,"members":[]}""");

        var run = await RunAsync(["deny", .. arguments]);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("No registered workload is concerned");
        server.Requests.ShouldBe([request]);
    }

    [Theory]
    [InlineData(true, ExitCodes.Ok, "no longer on the deny list")]
    [InlineData(false, ExitCodes.NotMet, "not on the deny list")]
    public async Task Allow_SaysWhetherItWasDenied(bool isChanged, int exitCode, string message)
    {
        await using var server = await ServeAsync("/v1/denied", $$"""{"isChanged":{{(isChanged ? "true" : "false")}},"members":[]}""");

        var run = await RunAsync("allow", "--workload", "bookinfo/vm1");

        run.ExitCode.ShouldBe(exitCode);
        run.Output.ShouldContain(message);
        server.Requests.ShouldBe(["""DELETE {"workload":"bookinfo/vm1"}"""]);
    }

    [Theory]
    [InlineData("deny")]
    [InlineData("deny", "--issuer", "https://mycompany.corp")]
    [InlineData("deny", "--aws-account", "123456789012")]
    [InlineData("deny", "--instance-id", "i-1")]
    [InlineData("deny", "--aws-account", "123456789012", "--instance-id", "i-1", "--task-id", "t")]
    [InlineData("deny", "--workload", "a/b", "--issuer", "https://mycompany.corp", "--subject", "vm1")]
    [InlineData("deny", "--workload", "a/b", "--before", "yesterday")]
    [InlineData("allow")]
    [InlineData("suspend", "bookinfo/vm1")]
    [InlineData("suspend", "vm1", "--reason", "x")]
    public async Task Run_WrongUsage_Exits2(params string[] arguments) =>
        (await RunAsync(arguments)).ExitCode.ShouldBe(ExitCodes.Failed);

    private Task<Cli> RunAsync(params string[] arguments) => Cli.RunAsync([.. arguments, "--data", directory.Path]);

    private Task<FakeAdministration> ServeAsync(string path, string answer) =>
        FakeAdministration.StartAsync(directory.PathOf("admin.sock"), new(StringComparer.Ordinal) { [path] = answer });
}
