using Onboarding.EndToEnd.Tests.Support;

namespace Onboarding.EndToEnd.Tests;

/// <summary>A simulated EC2 instance and an ECS task join for real, with the endpoint and the agent as they are shipped: AWS's metadata addresses are this namespace's own.</summary>
public sealed class AwsDemoTests : IDisposable
{
    private readonly string temporary = Directory.CreateTempSubdirectory("onboarding-aws-test-").FullName;

    public void Dispose() => Directory.Delete(temporary, recursive: true);

    [MetadataNamespaceFact]
    public Task Demo_InstanceAndTaskAtAws_JoinAsTheirPoliciesSayAndLeaveNothing() => JoinAsync("demo");

    [MetadataNamespaceFact(overIpv6: true)]
    public Task Demo_InstanceWithMetadataOverIpv6Alone_JoinsToo() => JoinAsync("demo", "--ipv6");

    private async Task JoinAsync(params string[] arguments)
    {
        await using var demo = ProgramProcess.Start(MetadataNamespace.Script, [Executables.SimulatedAws, .. arguments], ("TMPDIR", temporary));

        (await demo.ExitAsync()).ShouldBe(0, demo.Output());

        demo.Output().ShouldContain("Joined as ratings-aws-aws-123456789012-us-east-2b-ec2-i-1234567890abcdef0");
        demo.Output().ShouldContain("Joined as reviews-aws-aws-123456789012-us-east-2b-ecs-production-0123456789abcdef0123456789abcdef");
        demo.Output().ShouldContain("STS was asked 5 times before, and 0 times by this attempt");
        Directory.GetFileSystemEntries(temporary).ShouldBeEmpty();
        ProcessTable.Using(temporary).ShouldBeEmpty();
    }
}
