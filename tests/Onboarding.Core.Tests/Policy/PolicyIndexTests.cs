using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

/// <summary>Whatever the index does, a decision is the one that comes from asking every matcher in order.</summary>
public sealed class PolicyIndexTests
{
    private static readonly string[] Values = ["a", "b", "c"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Evaluate_RandomPoliciesAndIdentities_DecidesAsWithoutIndex(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var policies = Enumerable.Range(0, random.Next(12)).Select(index => Allowing($"p{index:00}", RandomRule(random), RandomRule(random))).ToArray();
            var snapshot = Snapshot(policies);
            for (var question = 0; question < 20; question++)
            {
                var identity = RandomIdentity(random);
                var group = random.Next(2) == 0 ? "ratings" : "reviews";
                var expected = snapshot.Explain(identity, group, Listed).Candidates.FirstOrDefault(candidate => candidate.Mismatch is null);

                var decision = snapshot.Ask(identity, group);

                (decision.Policy, decision.Rule).ShouldBe((expected?.Policy, expected?.Rule));
                decision.IsAllowed.ShouldBe(expected is not null);
            }
        }
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("subject")]
    [InlineData("attribute")]
    [InlineData("account")]
    [InlineData("role")]
    [InlineData("group")]
    public void Evaluate_ManyPoliciesOfWhichFewCanMatch_TriesNoMoreThanAmongFew(string differIn)
    {
        var (few, many) = (Many(100, differIn), Many(10_000, differIn));
        foreach (var identity in (WorkloadIdentity[])[Identities.Jwt("7", ("region", "us-east"), ("role", "7")), Identities.Jwt("stranger"), Identities.Ec2("7"), Identities.Ec2("stranger")])
        {
            // Twice, since the runtime may keep an object on the stack at one call and not at another; a matcher tried more shows a hundredfold.
            Allocated(many, identity).ShouldBeLessThanOrEqualTo(2 * Allocated(few, identity), differIn);
        }
    }

    /// <summary>What an evaluation allocates: every matcher that is tried in vain says why, so it counts them.</summary>
    private static long Allocated(NamespaceSnapshot snapshot, WorkloadIdentity identity)
    {
        snapshot.Ask(identity);
        var before = GC.GetAllocatedBytesForCurrentThread();
        snapshot.Ask(identity);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static NamespaceSnapshot Many(int count, string differIn) => Snapshot([.. Enumerable.Range(0, count).Select(index =>
    {
        // The same length whatever the number, so that messages cost the same.
        var value = index == 7 ? "7" : $"{index:000000000000}";
        return Allowing($"p{index:00000}", differIn switch
        {
            "issuer" => Rule(Jwt(index == 7 ? Identities.Issuer : $"https://{value}.example"), Everything),
            "subject" => Rule(Subjects(value), Everything),
            "attribute" => Rule(Attributes(("region", ["us-east"]), ("role", [value])), Everything),
            "account" => Rule(Ec2() with { Accounts = [index == 7 ? Account : value] }, Everything),
            "role" => Rule(Ec2(value), Everything),
            _ => Rule(Jwt(), Selector(("app", index == 7 ? "ratings" : value))),
        });
    })]);

    private static OnboardingRule RandomRule(Random random)
    {
        IdentityMatcher matcher = random.Next(2) == 0
            ? Jwt(random.Next(4) == 0 ? "https://other.example" : Identities.Issuer) with
            {
                Subjects = [.. Some(random)],
                Attributes = [.. Some(random).Select(name => new AttributeMatcher(name, [.. Some(random)]))],
            }
            : Ec2([.. Some(random)]) with
            {
                Zones = [.. Some(random)],
                Regions = [.. Some(random)],
                Kind = random.Next(3) == 0 ? AwsMachineKind.Ecs : AwsMachineKind.Ec2,
            };
        return Rule(matcher, random.Next(3) switch { 0 => Everything, 1 => Selector(("app", "ratings")), _ => Selector(("app", "reviews")) });
    }

    private static WorkloadIdentity RandomIdentity(Random random) => random.Next(3) switch
    {
        0 => Identities.Jwt(One(random), [.. Some(random).Select(name => (name, One(random)))]),
        1 => Identities.Ec2(random.Next(3) == 0 ? null : One(random)) with { Zone = One(random), Region = One(random) },
        _ => Identities.Ecs(One(random), One(random)) with { Zone = One(random), Region = One(random) },
    };

    private static string One(Random random) => Values[random.Next(Values.Length)];

    private static string[] Some(Random random) => random.Next(2) == 0 ? [] : [.. Values.Where(_ => random.Next(2) == 0)];
}
