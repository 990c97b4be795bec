using Onboarding.Core.Identity;

namespace Onboarding.Core.Policy;

/// <summary>What matchers are found by: an account or issuer, and a field's value.</summary>
/// <param name="Scope">AWS account or JWT issuer; digits and URIs never meet.</param>
/// <param name="Field">The field.</param>
/// <param name="Name">Of an attribute its name; else empty.</param>
/// <param name="Value">The value; empty for <see cref="IdentityField.Any"/>.</param>
internal readonly record struct IndexKey(string Scope, IdentityField Field, string Name, string Value)
{
    /// <summary>The key of matchers that restrict nothing but account or issuer.</summary>
    public static IndexKey Unrestricted(string scope) => new(scope, IdentityField.Any, "", "");

    /// <summary>The account or issuer of an identity; null: of a kind that no matcher knows.</summary>
    public static string? ScopeOf(WorkloadIdentity identity) => identity switch
    {
        AwsIdentity aws => aws.Account,
        JwtIdentity jwt => jwt.Issuer,
        _ => null,
    };

    /// <summary>The keys of every matcher that can match an identity.</summary>
    public static IEnumerable<IndexKey> Of(WorkloadIdentity identity) => identity switch
    {
        AwsIdentity aws => Of(aws),
        JwtIdentity jwt => Of(jwt),
        _ => [],
    };

    private static IEnumerable<IndexKey> Of(JwtIdentity jwt)
    {
        yield return Unrestricted(jwt.Issuer);
        yield return new(jwt.Issuer, IdentityField.Subject, "", jwt.Subject);
        foreach (var (name, value) in jwt.Attributes)
        {
            yield return new(jwt.Issuer, IdentityField.Attribute, name, value);
        }
    }

    private static IEnumerable<IndexKey> Of(AwsIdentity aws)
    {
        yield return Unrestricted(aws.Account);
        yield return new(aws.Account, IdentityField.Partition, "", aws.Partition);
        yield return new(aws.Account, IdentityField.Region, "", aws.Region);
        yield return new(aws.Account, IdentityField.Zone, "", aws.Zone);
        if (aws.Ecs is { } ecs)
        {
            yield return new(aws.Account, IdentityField.Cluster, "", ecs.Cluster);
        }

        if (aws.IamRole is { } role)
        {
            yield return new(aws.Account, IdentityField.Role, "", role.Name);
        }
    }
}
