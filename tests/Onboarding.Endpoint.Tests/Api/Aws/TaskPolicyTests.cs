using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.TestKit.Aws;

namespace Onboarding.Endpoint.Tests.Api.Aws;

/// <summary>Region, zone and cluster are a task's own words: a matcher that names any of them counts only where it names roles too.</summary>
public sealed class TaskPolicyTests
{
    private static readonly SimulatedTask[] Tasks =
    [
        .. from account in new[] { "123456789012", "234567890123" }
           from place in new[] { ("us-east-2", "us-east-2b"), ("us-east-2", "us-east-2a"), ("us-east-1", "us-east-1a") }
           from cluster in new[] { "production", "staging" }
           from role in new[] { "ratings-task", "other-task" }
           select new SimulatedTask("0123456789abcdef0123456789abcdef") { Account = account, Region = place.Item1, Zone = place.Item2, Cluster = cluster, Role = role },
    ];

    [Theory]
    [InlineData("", "", false, "")]
    [InlineData("", "", true, "")]
    [InlineData("", "clusters: [production]", false, "cluster")]
    [InlineData("", "clusters: [production]", true, "cluster")]
    [InlineData("regions: [us-east-2]", "", false, "region")]
    [InlineData("regions: [us-east-2]", "", true, "region")]
    [InlineData("zones: [us-east-2b]", "", false, "zone")]
    [InlineData("zones: [us-east-2b]", "", true, "zone")]
    [InlineData("regions: [us-east-2], zones: [us-east-2b]", "clusters: [production]", false, "region zone cluster")]
    [InlineData("regions: [us-east-2], zones: [us-east-2b]", "clusters: [production]", true, "region zone cluster")]
    public async Task Open_Task_IsAllowedByItsOwnWordsOnlyWithARole(string claims, string clusters, bool namesRole, string named)
    {
        var ecs = string.Join(", ", new[] { clusters, namesRole ? "iamRoleNames: [ratings-task]" : "" }.Where(text => text.Length > 0));
        var aws = string.Join(", ", new[] { "accounts: ['123456789012']", claims, $"ecs: {{{ecs}}}" }.Where(text => text.Length > 0));
        await using var endpoint = await AwsEndpoint.StartAsync($$"""
            apiVersion: authorization.onboarding.tetrate.io/v1alpha1
            kind: OnboardingPolicy
            metadata: {name: tasks, namespace: bookinfo}
            spec:
              allow:
              - workloads: [{aws: { {{aws}} } }]
                onboardTo: [{workloadGroupSelector: {} }]
            """);
        foreach (var task in Tasks)
        {
            var expected = task.Account == "123456789012"
                && (named.Length == 0 || namesRole)
                && (!named.Contains("cluster", StringComparison.Ordinal) || task.Cluster == "production")
                && (!named.Contains("region", StringComparison.Ordinal) || task.Region == "us-east-2")
                && (!named.Contains("zone", StringComparison.Ordinal) || task.Zone == "us-east-2b");
            var before = endpoint.Sts.Calls;

            var (status, body) = await endpoint.JoinAsync(task);

            status.ShouldBe(expected && (!namesRole || task.Role == "ratings-task") ? 201 : 403, $"{task}: {body}");
            (endpoint.Sts.Calls - before).ShouldBe(expected ? 1 : 0, "policy without the role is asked before STS is");
        }
    }
}
