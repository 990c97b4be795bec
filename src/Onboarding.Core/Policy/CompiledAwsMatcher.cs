using System.Collections.Immutable;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>An <c>aws</c> matcher.</summary>
internal sealed class CompiledAwsMatcher(AwsIdentityMatcher matcher, MatcherPlace place, ImmutableArray<LabelSelector> onboardTo, MatcherFlaw? flaw)
    : CompiledMatcher(place, onboardTo, flaw)
{
    public override bool NamesRoles => !matcher.IamRoleNames.IsEmpty;

    public override IEnumerable<string> Scopes => matcher.Accounts.Distinct(StringComparer.Ordinal);

    public override IEnumerable<Restriction> Restrictions =>
        new Restriction[]
        {
            new(IdentityField.Role, "", matcher.IamRoleNames),
            new(IdentityField.Cluster, "", matcher.Clusters),
            new(IdentityField.Zone, "", matcher.Zones),
            new(IdentityField.Region, "", matcher.Regions),
            new(IdentityField.Partition, "", matcher.Partitions),
        }.Where(restriction => !restriction.Values.IsEmpty);

    protected override string? Compare(WorkloadIdentity identity, bool isRoleKnown)
    {
        if (identity is not AwsIdentity aws)
        {
            return "aws: the identity is not of a machine at AWS";
        }

        return Compare("partition", aws.Partition, matcher.Partitions)
            ?? CompareAccount(aws.Account)
            ?? Compare("region", aws.Region, matcher.Regions)
            ?? Compare("zone", aws.Zone, matcher.Zones)
            ?? CompareKind(aws)
            ?? Compare("cluster", aws.Ecs?.Cluster, matcher.Clusters)
            ?? (isRoleKnown ? Compare("IAM role", aws.IamRole?.Name, matcher.IamRoleNames) : null);
    }

    // An empty list of accounts is never "any".
    private string? CompareAccount(string account) =>
        matcher.Accounts.IsEmpty ? "accounts: none is listed" : Compare("account", account, matcher.Accounts);

    private string? CompareKind(AwsIdentity aws) => matcher.Kind switch
    {
        AwsMachineKind.Ec2 when aws.Ec2 is null => "ec2: the identity is not of an EC2 instance",
        AwsMachineKind.Ecs when aws.Ecs is null => "ecs: the identity is not of an ECS task",
        _ => null,
    };
}
