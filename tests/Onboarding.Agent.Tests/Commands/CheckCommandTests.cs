using System.Net;
using Onboarding.Agent.Commands;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Commands;

public sealed class CheckCommandTests : IAsyncDisposable
{
    private readonly AgentHarness agent = new();
    private readonly StringWriter output = new();

    [Fact]
    public async Task Run_AllIsWell_PassesEachStepAndRegistersNothing()
    {
        agent.Endpoint.Refuse("GET /v1/bootstrap", HttpStatusCode.NotFound, ProblemCodes.RegistrationGone);

        (await RunAsync()).ShouldBeTrue();

        agent.Endpoint.Calls.ShouldBe(["GET /v1/discovery", "POST /v1/sessions", "GET /v1/bootstrap"]);
        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..23].TrimEnd())
            .ShouldBe(["ok      configuration", "ok      host", "ok      reachability", "ok      trust", "ok      credential", "ok      authorization", "ok      proof"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, ProblemCodes.CredentialRejected, "FAILED  credential")]
    [InlineData(HttpStatusCode.Forbidden, ProblemCodes.NotAuthorized, "FAILED  authorization")]
    [InlineData(HttpStatusCode.Conflict, ProblemCodes.IdentityInUse, "FAILED  authorization")]
    [InlineData(HttpStatusCode.UpgradeRequired, ProblemCodes.AgentTooOld, "FAILED  authorization")]
    [InlineData(HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable, "FAILED  authorization")]
    public async Task Run_Refused_NamesTheStepAndWhatToDo(HttpStatusCode status, string code, string expected)
    {
        agent.Endpoint.Refuse("POST /v1/sessions", status, code);

        (await RunAsync()).ShouldBeFalse();

        output.ToString().ShouldContain(expected);
        output.ToString().ShouldContain("to do: ");
        agent.Endpoint.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Run_TheEndpointGoesByAnotherName_FailsAtTheProof()
    {
        agent.Endpoint.Refuse("GET /v1/bootstrap", HttpStatusCode.Unauthorized, ProblemCodes.TokenInvalid);

        (await RunAsync()).ShouldBeFalse();

        output.ToString().ShouldContain("FAILED  proof");
        output.ToString().ShouldContain("onboarding.endpoint.hosts");
    }

    [Fact]
    public async Task Run_NoCredential_OpensNoSession()
    {
        agent.Credentials.FailuresLeft = 1;

        (await RunAsync()).ShouldBeFalse();

        output.ToString().ShouldContain("FAILED  credential     the token service is away");
        agent.Endpoint.Calls.ShouldBe(["GET /v1/discovery"]);
    }

    [Fact]
    public async Task Run_CredentialOfAKindThatTheEndpointDoesNotAccept_SaysWhichItAcceptsAndSendsNothing()
    {
        agent.Endpoint.Accepted = ["aws-ec2", "aws-ecs"];

        (await RunAsync()).ShouldBeFalse();

        output.ToString().ShouldContain("FAILED  credential     this machine has a credential of kind jwt; the endpoint accepts aws-ec2, aws-ecs");
        agent.Endpoint.Calls.ShouldBe(["GET /v1/discovery"]);
    }

    [Fact]
    public async Task Run_AnotherUid_FailsAtTrust()
    {
        agent.Endpoint.Uid = "stranger";

        (await RunAsync()).ShouldBeFalse();

        output.ToString().ShouldContain("FAILED  trust");
        agent.Credentials.Audiences.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        await agent.DisposeAsync();
    }

    private Task<bool> RunAsync() =>
        new CheckCommand(agent.Services.Enrollment, new Here(), new EndpointTarget("cp.example", 15443), agent.Services.Workload, output)
            .RunAsync(CancellationToken.None);

    private sealed class Here : IHostInformation
    {
        public Task<RegistrationHost> GetAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)]));
    }
}
