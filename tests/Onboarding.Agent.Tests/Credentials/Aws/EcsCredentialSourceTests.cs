using Onboarding.Agent.Credentials;
using Onboarding.Agent.Credentials.Aws;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;

namespace Onboarding.Agent.Tests.Credentials.Aws;

public sealed class EcsCredentialSourceTests : IDisposable
{
    private static readonly CredentialPurpose Purpose = Purposes.For("test-uid");
    private readonly SimulatedMachine machine = new();

    public EcsCredentialSourceTests() => machine.BecomeTask();

    [Fact]
    public async Task Get_Task_ProvesItsRoleAndSaysWhereItRuns()
    {
        var credential = await GetAsync();

        credential.Task.ShouldBe(new EcsTaskClaim("production", $"arn:aws:ecs:us-east-2:123456789012:task/production/{SimulatedMachine.TaskId}", "us-east-2b"));
        (await machine.VerifyAsync(credential.TaskProof, Purpose.Bind(credential.Nonce))).ShouldContain($"assumed-role/ratings-task/{SimulatedMachine.TaskId}");
    }

    [Fact]
    public async Task Get_TaskWithoutARole_NamesWhatIsMissing()
    {
        machine.Environment.Remove("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");

        (await Should.ThrowAsync<CredentialUnavailableException>(GetAsync())).Message.ShouldContain("taskRoleArn");
    }

    [Theory]
    [InlineData("ECS_CONTAINER_METADATA_URI_V4", "http://attacker.example/v4/x")]
    [InlineData("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2.attacker.example/v4/x")]
    [InlineData("ECS_CONTAINER_METADATA_URI_V4", "https://169.254.170.2/v4/x")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "@attacker.example/credentials")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ":8080/credentials")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ".attacker.example/credentials")]
    public async Task Get_VariableLeadsElsewhere_AsksNobody(string variable, string value)
    {
        machine.Environment[variable] = value;
        machine.Services["attacker.example"] = machine.Ecs;
        machine.Services["169.254.170.2.attacker.example"] = machine.Ecs;
        machine.Services["169.254.170.2:8080"] = machine.Ecs;

        (await Should.ThrowAsync<CredentialUnavailableException>(GetAsync())).Message.ShouldContain(variable);

        machine.Ecs.Requests.ShouldAllBe(request => request.Header("Host") == "169.254.170.2");
    }

    [Fact]
    public async Task Get_TaskOfAnotherPartition_SignsForItsOwnSts()
    {
        using var china = new SimulatedMachine(task: new SimulatedTask(SimulatedMachine.TaskId) { Partition = "aws-cn", Region = "cn-north-1", Zone = "cn-north-1a" });
        china.BecomeTask();
        var sut = new EcsCredentialSource(china.Clouds.Task, china.Endpoint);

        var credential = (AwsEcsCredential)await sut.GetAsync(Purpose, CancellationToken.None);

        (await china.VerifyAsync(credential.TaskProof, Purpose.Bind(credential.Nonce))).ShouldContain("arn:aws-cn:sts::");
    }

    public void Dispose() => machine.Dispose();

    private async Task<AwsEcsCredential> GetAsync() =>
        (AwsEcsCredential)await new EcsCredentialSource(machine.Clouds.Task, machine.Endpoint).GetAsync(Purpose, CancellationToken.None);
}
