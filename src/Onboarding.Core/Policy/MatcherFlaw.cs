using System.Collections.Frozen;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>Why a valid matcher matches nobody as it is written.</summary>
/// <param name="Reason">Reason of the policy's condition <c>Accepted</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record MatcherFlaw(string Reason, string Message)
{
    /// <summary>Everybody can have a token of that issuer.</summary>
    public const string TooWide = "TooWide";

    /// <summary>It rests on what a task says of itself.</summary>
    public const string UnprovenClaims = "UnprovenClaims";

    /// <summary>Looks for a flaw.</summary>
    /// <param name="matcher">The matcher.</param>
    /// <param name="openIssuers">Issuers whose tokens are made for other audiences too.</param>
    public static MatcherFlaw? Find(IdentityMatcher matcher, FrozenSet<string> openIssuers) => matcher switch
    {
        JwtIdentityMatcher jwt when jwt.Subjects.IsEmpty && jwt.Attributes.IsEmpty => FindTooWide(jwt.Issuer, openIssuers),
        AwsIdentityMatcher { Kind: AwsMachineKind.Ecs } ecs when ecs.IamRoleNames.IsEmpty => FindUnproven(ecs),
        _ => null,
    };

    /// <summary>The issuers of a configuration that accept audiences other than the uid.</summary>
    public static FrozenSet<string> OpenIssuers(WorkloadsOptions? options) =>
        (options?.JwtIssuers ?? []).Where(issuer => !issuer.Audiences.IsEmpty).Select(issuer => issuer.Issuer).ToFrozenSet(StringComparer.Ordinal);

    private static MatcherFlaw? FindTooWide(string issuer, FrozenSet<string> openIssuers)
    {
        var why = PublicIssuers.Contains(issuer) ? "anybody can get a token of this public issuer"
            : openIssuers.Contains(issuer) ? "tokens of this issuer are made for other audiences too"
            : null;
        return why is null ? null : new(TooWide, $"{why}; list subjects or attributes");
    }

    private static MatcherFlaw? FindUnproven(AwsIdentityMatcher ecs)
    {
        string?[] named = [ecs.Regions.IsEmpty ? null : "regions", ecs.Zones.IsEmpty ? null : "zones", ecs.Clusters.IsEmpty ? null : "clusters"];
        var claims = string.Join(", ", named.OfType<string>());
        return claims.Length == 0
            ? null
            : new(UnprovenClaims, $"{claims}: an ECS task says this of itself; list iamRoleNames too, a role of its own for each");
    }
}
