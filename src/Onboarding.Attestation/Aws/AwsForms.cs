using System.Text.RegularExpressions;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws;

/// <summary>The forms that names at AWS have.</summary>
internal static partial class AwsForms
{
    /// <summary>12 digits.</summary>
    public static bool IsAccount(string text) => Account().IsMatch(text);

    /// <summary>The region's name and more, e.g. <c>us-west-2a</c> or <c>us-west-2-lax-1a</c>.</summary>
    public static bool IsZoneOf(string text, AwsRegion region) => text.StartsWith(region.Name, StringComparison.Ordinal) && ZoneSuffix().IsMatch(text[region.Name.Length..]);

    /// <summary>The name of an IAM role, without its path; no colon, so that AWS's own <c>aws:ec2-instance</c> is none.</summary>
    public static bool IsRoleName(string text) => RoleName().IsMatch(text);

    /// <summary>Whether a unique id is of a session of a role, and the session has that name.</summary>
    public static bool IsSessionOfRole(string userId, string session) =>
        userId.EndsWith($":{session}", StringComparison.Ordinal) && RoleId().IsMatch(userId[..^(session.Length + 1)]);

    [GeneratedRegex(@"\A[0-9]{12}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Account();

    [GeneratedRegex(@"\A[a-z0-9-]{1,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ZoneSuffix();

    [GeneratedRegex(@"\A[A-Za-z0-9+=,.@_-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RoleName();

    [GeneratedRegex(@"\AAROA[A-Z0-9]{12,124}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RoleId();
}
