using System.Collections.Immutable;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Tests.Identity;

/// <summary>Identities that tests begin with.</summary>
internal static class Identities
{
    public const string Issuer = "https://mycompany.corp";

    public static AwsIdentity Ec2(string? role = null) =>
        new("aws", "123456789012", "us-east-2", "us-east-2b", Ec2: new("i-1234567890abcdef0", role is null ? null : new(role)));

    public static AwsIdentity Ecs(string cluster = "payments", string role = "ratings-role") =>
        new("aws", "123456789012", "us-east-2", "us-east-2b", Ecs: new(cluster, "0123456789abcdef0123456789abcdef", new(role)));

    public static JwtIdentity Jwt(string subject, params (string Name, string Value)[] attributes) =>
        new(Issuer, subject, attributes.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
}
