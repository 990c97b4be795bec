using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Protocol;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>Policy comes to ask for an IAM role that a live session did not prove: only a fresh credential can say whether it may stay.</summary>
public abstract class RoleContract : RegistryContract
{
    private const string Account = "123456789012";

    [Fact]
    public async Task RoleComesToBeNeeded_SessionWithoutOne_MustAttestAnewAndGoesOn()
    {
        var agent = await JoinInstanceAsync(role: null);
        World.ChangePolicies(Allow("ratings-role"));

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.ReattestationRequired);

        var attestedAnew = NewInstance("ratings-role", agent.InstanceId);
        await attestedAnew.JoinAsync();
        ShouldBeGranted(await attestedAnew.HeartbeatAsync());
    }

    [Fact]
    public async Task RoleComesToBeNeeded_AndIsNeededNoMore_TheSessionGoesOn()
    {
        var agent = await JoinInstanceAsync(role: null);
        World.ChangePolicies(Allow("ratings-role"));
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.ReattestationRequired);

        World.ChangePolicies(Allow());

        ShouldBeGranted(await agent.HeartbeatAsync());
    }

    [Fact]
    public async Task RoleIsDenied_SessionWithoutOne_MustAttestAnew()
    {
        var agent = await JoinInstanceAsync(role: null);

        World.Options.Change(workloads => workloads with { Denied = [new(Aws: new DeniedAws(Account, IamRole: "stolen"))] });

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.ReattestationRequired);
    }

    [Fact]
    public async Task AwsIsTakenOutOfTheConfiguration_Instance_LosesItsPlaceAtOnce()
    {
        var agent = await JoinInstanceAsync(role: null);

        World.Options.Change(workloads => workloads with { Aws = null });

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);
    }

    private SimulatedAgent NewInstance(string? role, string? instanceId = null) => Keep(new SimulatedAgent(World, "instance", instanceId)
    {
        Identity = new AwsIdentity("aws", Account, "us-east-2", "us-east-2b", Ec2: new("i-1234567890abcdef0", role is null ? null : new(role))),
        ProvesMachine = true,
    });

    private static OnboardingPolicy Allow(params ImmutableArray<string> roles) => new(
        new ObjectMeta { Namespace = RegistryWorld.Namespace, Name = "instances" },
        [
            new(
                [new AwsIdentityMatcher([], [Account], [], [], AwsMachineKind.Ec2, [], roles)],
                [new LabelSelector(ImmutableSortedDictionary<string, string>.Empty, [])]),
        ],
        []);

    private async Task<SimulatedAgent> JoinInstanceAsync(string? role)
    {
        World.Options.Change(workloads => workloads with { Aws = new("aws-trust", ImmutableDictionary<string, Uri>.Empty) });
        World.ChangePolicies(Allow());
        var agent = NewInstance(role);
        await agent.JoinAsync();
        return agent;
    }
}
