using Onboarding.Attestation.Tests.Support;
using Onboarding.Core.Identity;
using Onboarding.Protocol.Aws;
using static Onboarding.Attestation.Tests.Support.AwsSetup;

namespace Onboarding.Attestation.Tests.Aws.Ecs;

/// <summary>An attacker who owns one task.</summary>
public sealed class TaskAttackTests : IAsyncLifetime
{
    private const string Other = "fedcba9876543210fedcba9876543210";
    private AwsSetup aws = null!;

    public async Task InitializeAsync() => aws = await AwsSetup.StartAsync();

    public async Task DisposeAsync() => await aws.DisposeAsync();

    [Fact]
    public async Task Prove_Task_IsTheTask()
    {
        var attested = (await aws.ShowAsync(aws.Mint.Show(OneTask, Binding()))).Value!;

        attested.Identity.ShouldBe(new AwsIdentity(
            "aws", "123456789012", Region, "us-east-2b", Ecs: new EcsTask("production", OneTask.Id, new IamRole("ratings-task"))));
        attested.ProvesMachine.ShouldBeTrue();
        attested.VerifiedAddresses.ShouldBeEmpty();
        aws.Sts.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Attempt_TaskThatClaimsToBeAnother()
    {
        var own = aws.Mint.Show(OneTask, Binding());
        var victim = aws.Mint.Show(OneTask with { Id = Other }, Binding());

        (await aws.ShouldRefuseAsync(own with { Task = victim.Task })).ShouldContain("taskProof");
    }

    [Fact]
    public async Task Attempt_TaskThatClaimsAnotherAccount()
    {
        var own = aws.Mint.Show(OneTask, Binding());
        var victim = aws.Mint.Show(OneTask with { Account = "210987654321" }, Binding());

        (await aws.ShouldRefuseAsync(own with { Task = victim.Task })).ShouldContain("taskProof");
    }

    [Fact]
    public async Task Attempt_InstanceIdentityRoleShownAsATask()
    {
        var instance = aws.Iam.InstanceIdentity("123456789012", Victim.Id);

        await aws.ShouldRefuseAsync(aws.Mint.Show(OneTask, Binding()) with { TaskProof = aws.Mint.Prove(instance, Region, Binding()) });
    }

    [Theory]
    [InlineData("arn:aws-cn:ecs:us-east-2:123456789012:task/production/0123456789abcdef0123456789abcdef", "production", "us-east-2b")]
    [InlineData("arn:aws:ecs:us-west-2:123456789012:task/production/0123456789abcdef0123456789abcdef", "production", "us-west-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:task/0123456789abcdef0123456789abcdef", "production", "us-east-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:task/other/0123456789abcdef0123456789abcdef", "production", "us-east-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:task/production/0123456789abcdef0123456789abcdef", "production", "us-west-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:task/production/0123456789ABCDEF0123456789abcdef", "production", "us-east-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:task/production/0123456789abcdef0123456789abcdef\n", "production", "us-east-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:task/../0123456789abcdef0123456789abcdef", "..", "us-east-2b")]
    [InlineData("arn:aws:ecs:us-east-2:123456789012:service/production/0123456789abcdef0123456789abcdef", "production", "us-east-2b")]
    [InlineData("", "", "")]
    public async Task Attempt_WordsThatDoNotAgreeWithEachOther_NobodyIsAsked(string arn, string cluster, string zone)
    {
        await aws.ShouldRefuseAsync(aws.Mint.Show(OneTask, Binding()) with { Task = new EcsTaskClaim(cluster, arn, zone) });

        aws.Sts.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Attempt_CredentialForAnotherGroup() =>
        (await aws.ShouldRefuseAsync(aws.Mint.Show(OneTask, Binding() with { Group = new("bookinfo", "reviews") }))).ShouldContain("SignatureDoesNotMatch");
}
