using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Onboarding.Core.Configuration;

namespace Onboarding.Core.Identity;

/// <summary>
/// Names of registrations, for people and for Kubernetes: <c>&lt;group&gt;-aws-…</c> or <c>&lt;group&gt;-jwt-&lt;issuer's short name&gt;--&lt;subject&gt;</c>.
/// A name is a valid DNS-1123 subdomain. What tells workloads apart is their <see cref="WorkloadKey"/>.
/// </summary>
public static partial class WorkloadName
{
    /// <summary>Longest name, as Kubernetes' DNS-1123 subdomain.</summary>
    public const int MaxLength = 253;

    private const int MaxSubjectLength = 180;
    private const int MaxLabelLength = 63;
    private const int SuffixDigits = 26;
    private const string Base32Digits = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The name of an identity's registration in a group; null: the identity's issuer is not among the configured ones.</summary>
    /// <param name="group">The WorkloadGroup's name, a DNS-1123 subdomain.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="issuers">The configured issuers, for their short names.</param>
    public static string? Of(string group, WorkloadIdentity identity, ImmutableArray<JwtIssuerOptions> issuers)
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        switch (identity)
        {
            case JwtIdentity jwt:
                var issuer = issuers.FirstOrDefault(issuer => string.Equals(issuer.Issuer, jwt.Issuer, StringComparison.Ordinal));
                return issuer is null ? null : OfJwt(group, jwt, issuer.ShortName);
            case AwsIdentity { Ec2: { } ec2, Ecs: null } aws:
                return OfAws(group, aws, "ec2", ec2.InstanceId);
            case AwsIdentity { Ecs: { } ecs, Ec2: null } aws:
                return OfAws(group, aws, "ecs", ecs.Cluster, ecs.TaskId);
            default:
                throw new ArgumentException("is of no kind that is known here", nameof(identity));
        }
    }

    private static string OfJwt(string group, JwtIdentity jwt, string shortName)
    {
        var isSafe = jwt.Subject.Length <= MaxSubjectLength && Subdomain().IsMatch(jwt.Subject);
        var subject = isSafe ? jwt.Subject : MakeSafe(jwt.Subject, MaxSubjectLength, withDots: true);
        var name = $"{group}-jwt-{shortName}--{subject}";
        return Finish(name, isSafe && !IsAmbiguous(group) && !IsAmbiguous(jwt.Subject) && !EndsLikeSuffix().IsMatch(jwt.Subject), group, jwt);
    }

    private static string OfAws(string group, AwsIdentity aws, string kind, params string[] machine)
    {
        var isPlain = !IsAmbiguous(group);
        var name = $"{group}-aws";
        foreach (var part in (string[])[aws.Partition, aws.Account, aws.Zone, kind, .. machine])
        {
            var isSafe = part.Length <= MaxLabelLength && Label().IsMatch(part);
            isPlain &= isSafe && !IsAmbiguous(part);
            name += "-" + (isSafe ? part : MakeSafe(part, MaxLabelLength, withDots: false));
        }

        return Finish(name, isPlain, group, aws);
    }

    /// <summary>Appends the hash where the readable name alone could be another workload's, or is too long.</summary>
    private static string Finish(string name, bool isPlain, string group, WorkloadIdentity identity)
    {
        if (isPlain && name.Length <= MaxLength)
        {
            return name;
        }

        var suffix = "-" + Base32(WorkloadKey.Hash([group, .. WorkloadKey.LastingParts(identity)]));
        return name.Length + suffix.Length <= MaxLength ? name + suffix : name[..(MaxLength - suffix.Length)].TrimEnd('-', '.') + suffix;
    }

    private static bool IsAmbiguous(string part) =>
        part.Contains("-jwt-", StringComparison.Ordinal) || part.Contains("-aws-", StringComparison.Ordinal);

    private static string MakeSafe(string text, int maxLength, bool withDots)
    {
        var safe = text.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) || character == '.' && withDots ? character : '-').ToArray();
        for (var i = 0; i < safe.Length; i++)
        {
            var separatesLabels = i > 0 && i < safe.Length - 1 && char.IsAsciiLetterOrDigit(safe[i - 1]) && char.IsAsciiLetterOrDigit(safe[i + 1]);
            if (safe[i] == '.' && !separatesLabels)
            {
                safe[i] = '-';
            }
        }

        var trimmed = new string(safe).Trim('-');
        return (trimmed.Length <= maxLength ? trimmed : trimmed[..maxLength]).TrimEnd('-', '.');
    }

    /// <summary>The first digits in lower-case base32 (RFC 4648 section 6).</summary>
    private static string Base32(ReadOnlySpan<byte> hash)
    {
        Span<char> digits = stackalloc char[SuffixDigits];
        for (var i = 0; i < digits.Length; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            digits[i] = Base32Digits[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(digits);
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex(@"-[a-z2-7]{26}\z", RegexOptions.NonBacktracking)]
    private static partial Regex EndsLikeSuffix();
}
