using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Data;

namespace Onboarding.Endpoint.Tests.Api.Aws;

/// <summary>Each documented policy allows what it says and nothing else, whoever asks: instances and tasks of several accounts, places and roles, for two groups.</summary>
public sealed class DocumentedPolicyTests
{
    private const string One = "123456789012";
    private const string Two = "234567890123";

    private static readonly string[] Accounts = [One, Two, "345678901234"];
    private static readonly string?[] Roles = [null, "ratings-role", "reviews-role", "example-role"];
    private static readonly string[] Groups = ["ratings", "reviews"];

    private static readonly (string Partition, string Region, string Zone)[] Places =
    [
        ("aws", "us-east-2", "us-east-2b"), ("aws", "us-east-2", "us-east-2a"), ("aws", "us-east-1", "us-east-1a"),
        ("aws", "ca-central-1", "ca-central-1b"), ("aws", "ca-central-1", "ca-central-1a"), ("aws-cn", "cn-north-1", "cn-north-1b"),
    ];

    /// <summary>What each of them says.</summary>
    private static readonly Func<SimulatedInstance, string, bool>[] Sayings =
    [
        (instance, _) => instance.Account is One or Two,
        (instance, group) => instance is { Account: One, Partition: "aws", Region: "us-east-2", Zone: "us-east-2b", Role: "ratings-role" } && group == "ratings",
        (instance, _) => instance.Account == One,
        (instance, _) => instance is { Account: One, Region: "ca-central-1" },
        (instance, group) => instance.Account == One && group == "ratings",
        (instance, group) => instance.Account == One && instance.Role == $"{group}-role",
        (instance, group) => group == "ratings" && instance is { Account: One, Partition: "aws" }
            && (instance is { Region: "ca-central-1", Zone: "ca-central-1b" } || instance is { Region: "us-east-1", Zone: "us-east-1a", Role: "example-role" }),
    ];

    [SharedDataTheory(DocumentedPolicies.Guide)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Open_DocumentedPolicy_AllowsWhatItSaysAndNothingElse(int index)
    {
        await using var endpoint = await AwsEndpoint.StartAsync(DocumentedPolicies.Read(index));
        var asked =
            from account in Accounts
            from place in Places
            from role in Roles
            from @group in Groups
            select (Instance: new SimulatedInstance("i-1234567890abcdef0") { Account = account, Partition = place.Partition, Region = place.Region, Zone = place.Zone, Role = role }, Group: @group);
        var allowed = 0;
        foreach (var (instance, group) in asked)
        {
            var (status, body) = await endpoint.JoinAsync(instance, group);

            var expected = Sayings[index](instance, group);
            status.ShouldBe(expected ? 201 : 403, $"{instance} {group}: {body}");
            allowed += expected ? 1 : 0;
        }

        allowed.ShouldBe(endpoint.Harness.Sessions.Openings.Count);
        allowed.ShouldBeGreaterThan(0);
        await ShouldRefuseTasksAsync(endpoint);
    }

    /// <summary>None of them names ECS.</summary>
    private static async Task ShouldRefuseTasksAsync(AwsEndpoint endpoint)
    {
        var before = endpoint.Sts.Calls;
        foreach (var group in Groups)
        {
            var (status, body) = await endpoint.JoinAsync(new SimulatedTask("0123456789abcdef0123456789abcdef") { Role = "ratings-role" }, group);
            status.ShouldBe(403, body);
            body.ShouldContain(ProblemCodes.NotAuthorized);
        }

        endpoint.Sts.Calls.ShouldBe(before);
    }
}
