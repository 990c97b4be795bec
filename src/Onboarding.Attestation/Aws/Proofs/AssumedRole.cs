using Onboarding.Core.Identity;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>Sessions of roles as STS names them.</summary>
internal static class AssumedRole
{
    /// <summary>
    /// The role, where the caller is a session of that name of a role of that account: <c>arn:…:sts::…:assumed-role/role/session</c> and
    /// <c>AROA…:session</c>; else null.
    /// </summary>
    public static IamRole? Read(CallerIdentity caller, string partition, string account, string session)
    {
        var prefix = $"arn:{partition}:sts::{account}:assumed-role/";
        var suffix = $"/{session}";
        if (caller.Account != account
            || caller.Arn.Length <= prefix.Length + suffix.Length
            || !caller.Arn.StartsWith(prefix, StringComparison.Ordinal)
            || !caller.Arn.EndsWith(suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var role = caller.Arn[prefix.Length..^suffix.Length];
        return AwsForms.IsRoleName(role) && AwsForms.IsSessionOfRole(caller.UserId, session) ? new IamRole(role) : null;
    }
}
