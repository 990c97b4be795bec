using System.Collections.Immutable;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>
/// Reads OnboardingPolicies, strictly: what is left of a misspelt restriction would be a wider one. An invalid policy authorizes nobody, says why,
/// and affects no other.
/// </summary>
public static class OnboardingPolicyReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "OnboardingPolicy";

    /// <summary>Reads a document. Null, with problems: it has no usable name. What else is wrong is also part of the policy.</summary>
    public static OnboardingPolicy? Read(YamlDocument document, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var own = new ProblemList();
        if (FieldReader.Open(document, own, FieldRules.Strict) is not { } reader)
        {
            problems.AddRange(own.Items);
            return null;
        }

        reader.Ignore("apiVersion", "kind", "status");
        var metadata = ObjectMetaReader.Read(reader);
        var hasName = !own.HasErrors;
        ImmutableArray<OnboardingRule> rules = [.. reader.RequiredMapping("spec")?.Mappings("allow", required: true).Select(ReadRule) ?? []];
        reader.ReportUnknown();
        problems.AddRange(own.Items);
        return hasName
            ? new OnboardingPolicy(metadata, own.HasErrors ? [] : rules, [.. own.Errors.Select(problem => problem.WithoutPlace)])
            : null;
    }

    private static OnboardingRule ReadRule(FieldReader reader) => new(
        [.. reader.Mappings("workloads", required: true).Select(ReadWorkload).OfType<IdentityMatcher>()],
        [.. reader.Mappings("onboardTo", required: true).Select(ReadTarget).OfType<LabelSelector>()]);

    private static LabelSelector? ReadTarget(FieldReader reader) =>
        reader.RequiredMapping("workloadGroupSelector") is { } selector ? LabelSelectorReader.Read(selector) : null;

    private static IdentityMatcher? ReadWorkload(FieldReader reader)
    {
        reader.OneOf(required: true, "aws", "jwt");
        var aws = reader.Mapping("aws");
        var jwt = reader.Mapping("jwt");
        return aws is not null ? ReadAws(aws) : jwt is not null ? ReadJwt(jwt) : null;
    }

    private static AwsIdentityMatcher ReadAws(FieldReader reader)
    {
        reader.OneOf(required: true, "ec2", "ecs");
        var ec2 = reader.Mapping("ec2");
        var ecs = reader.Mapping("ecs");
        return new AwsIdentityMatcher(
            reader.Texts("partitions"),
            reader.Texts("accounts", required: true, ValueChecks.Account),
            reader.Texts("regions"),
            reader.Texts("zones"),
            ecs is null ? AwsMachineKind.Ec2 : AwsMachineKind.Ecs,
            ecs?.Texts("clusters") ?? [],
            (ecs ?? ec2)?.Texts("iamRoleNames") ?? []);
    }

    private static JwtIdentityMatcher ReadJwt(FieldReader reader) => new(
        reader.RequiredText("issuer", ValueChecks.Issuer),
        reader.Texts("subjects", check: ValueChecks.Subject),
        [.. reader.Mappings("attributes").Select(attribute => new AttributeMatcher(attribute.RequiredText("name"), attribute.Texts("values")))]);
}
