using Onboarding.Agent.Credentials;
using Onboarding.Agent.Credentials.Aws;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;

namespace Onboarding.Agent.Tests.Credentials.Aws;

public sealed class Ec2CredentialSourceTests : IDisposable
{
    private const string Account = "123456789012";
    private static readonly CredentialPurpose Purpose = Purposes.For("test-uid");
    private readonly SimulatedMachine machine;

    public Ec2CredentialSourceTests() => machine = new SimulatedMachine(new SimulatedInstance(SimulatedMachine.InstanceId) { Role = "ratings-vm" });

    [Fact]
    public async Task Get_InstanceWithARole_ProvesInstanceAndRole()
    {
        var credential = await GetAsync(machine);

        var binding = new SessionBinding("test-uid", FakeEndpoint.Host, machine.Api.Nonce, Purpose.Group, "instance", "thumbprint").Compute();
        (await machine.VerifyAsync(credential.InstanceProof, binding)).ShouldContain($"assumed-role/aws:ec2-instance/{SimulatedMachine.InstanceId}");
        (await machine.VerifyAsync(credential.RoleProof!, binding)).ShouldContain($"assumed-role/ratings-vm/{SimulatedMachine.InstanceId}");
        credential.Nonce.ShouldBe(machine.Api.Nonce);
        Convert.FromBase64String(credential.IdentityDocument)[0].ShouldBe((byte)0x30);
        credential.IdentityDocument.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("test-uid", "another.example", "nonce-1", "instance", "thumbprint")]
    [InlineData("another-uid", FakeEndpoint.Host, "nonce-1", "instance", "thumbprint")]
    [InlineData("test-uid", FakeEndpoint.Host, "nonce-2", "instance", "thumbprint")]
    [InlineData("test-uid", FakeEndpoint.Host, "nonce-1", "another", "thumbprint")]
    [InlineData("test-uid", FakeEndpoint.Host, "nonce-1", "instance", "another")]
    public async Task Get_ProofShownForSomethingElse_IsWorthNothing(string uid, string host, string nonce, string instanceId, string thumbprint)
    {
        var credential = await GetAsync(machine);

        var other = new SessionBinding(uid, host, nonce, Purpose.Group, instanceId, thumbprint).Compute();

        (await machine.VerifyAsync(credential.InstanceProof, other)).ShouldContain("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Get_InstanceWithoutProfile_ProvesTheInstanceAlone()
    {
        using var bare = new SimulatedMachine();

        (await GetAsync(bare)).RoleProof.ShouldBeNull();

        bare.Logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_RoleCannotBeAssumed_ProvesTheInstanceAloneAndSaysSoOnce()
    {
        machine.Imds.Misbehaviour = ImdsMisbehaviour.RoleCannotBeAssumed;
        var sut = Source(machine);

        var first = await sut.GetAsync(Purpose, CancellationToken.None);
        await sut.GetAsync(Purpose, CancellationToken.None);

        ((AwsEc2Credential)first).RoleProof.ShouldBeNull();
        machine.Logger.Lines.ShouldHaveSingleItem().ShouldContain("AssumeRoleUnauthorizedAccess");
    }

    [Fact]
    public async Task Get_MachineWithAWrongClock_SignsWithTheEndpointsTime()
    {
        machine.Api.ClockDifference = TimeSpan.FromHours(-3);

        var credential = await GetAsync(machine);

        credential.InstanceProof.Date.ShouldBe(StsSigner.Date(machine.Time.GetUtcNow().AddHours(-3)));
    }

    [Fact]
    public async Task Get_NoMetadataService_SaysWhatWasTried()
    {
        machine.Services.Clear();

        (await Should.ThrowAsync<CredentialUnavailableException>(GetAsync(machine))).Message.ShouldContain("EC2 instance: the instance metadata service: ");
    }

    [Fact]
    public async Task Get_Anything_LogsNoSecret()
    {
        machine.Imds.Misbehaviour = ImdsMisbehaviour.RoleCannotBeAssumed;

        var credential = await GetAsync(machine);

        string.Join('\n', machine.Logger.Lines).ShouldNotContain(credential.InstanceProof.SessionToken);
        string.Join('\n', machine.Logger.Lines).ShouldNotContain(credential.InstanceProof.Signature);
    }

    public void Dispose() => machine.Dispose();

    private static async Task<AwsEc2Credential> GetAsync(SimulatedMachine machine) =>
        (AwsEc2Credential)await Source(machine).GetAsync(Purpose, CancellationToken.None);

    private static Ec2CredentialSource Source(SimulatedMachine machine) => new(machine.Clouds.Instance, machine.Endpoint, machine.Logger);
}
