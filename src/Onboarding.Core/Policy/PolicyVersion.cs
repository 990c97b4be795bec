using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>The version of a namespace: a hash over all that a decision rests on. Content alone counts, not when, where or in which order it was read.</summary>
internal static class PolicyVersion
{
    // Belongs to the content: when the meaning of policies changes, every version does.
    private const int Semantics = 1;
    private const int HashDigits = 32;

    /// <summary>Hashes what decides.</summary>
    /// <param name="groups">The groups, of which name and labels count.</param>
    /// <param name="policies">The valid policies in order of their names; the others decide nothing.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="trust">The trust bundle.</param>
    public static string Of(IEnumerable<WorkloadGroup> groups, IEnumerable<OnboardingPolicy> policies, WorkloadsOptions? options, AwsTrust? trust = null)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(Semantics);
            WriteAll(writer, groups.OrderBy(group => group.Metadata.Name, StringComparer.Ordinal), WriteGroup);
            WriteAll(writer, policies, WritePolicy);
            WriteAll(writer, (options?.JwtIssuers ?? []).OrderBy(issuer => issuer.Issuer, StringComparer.Ordinal), WriteIssuer);
            WriteAll(writer, (options?.Denied ?? []).Select(Describe).Order(StringComparer.Ordinal), (to, denied) => to.WriteStringValue(denied));
            if (options?.Aws is not null)
            {
                writer.WriteStringValue(trust?.Digest ?? "");
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.WrittenSpan))[..HashDigits];
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, IEnumerable<string?> texts) => WriteAll(writer, texts, (to, text) => to.WriteStringValue(text));

    private static void WriteLabels(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> labels) =>
        WriteAll(writer, labels.OrderBy(label => label.Key, StringComparer.Ordinal), (to, label) => WriteTexts(to, [label.Key, label.Value]));

    private static void WriteGroup(Utf8JsonWriter writer, WorkloadGroup group)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(group.Metadata.Name);
        WriteLabels(writer, group.Metadata.Labels);
        writer.WriteEndArray();
    }

    private static void WritePolicy(Utf8JsonWriter writer, OnboardingPolicy policy)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(policy.Metadata.Name);
        WriteAll(writer, policy.Allow, (to, rule) =>
        {
            to.WriteStartArray();
            WriteAll(to, rule.Workloads, WriteMatcher);
            WriteAll(to, rule.OnboardTo, WriteSelector);
            to.WriteEndArray();
        });
        writer.WriteEndArray();
    }

    private static void WriteMatcher(Utf8JsonWriter writer, IdentityMatcher matcher)
    {
        writer.WriteStartArray();
        switch (matcher)
        {
            case AwsIdentityMatcher aws:
                writer.WriteStringValue(aws.Kind == AwsMachineKind.Ec2 ? "ec2" : "ecs");
                foreach (var values in new[] { aws.Partitions, aws.Accounts, aws.Regions, aws.Zones, aws.Clusters, aws.IamRoleNames })
                {
                    WriteTexts(writer, values);
                }

                break;
            case JwtIdentityMatcher jwt:
                writer.WriteStringValue("jwt");
                writer.WriteStringValue(jwt.Issuer);
                WriteTexts(writer, jwt.Subjects);
                WriteAll(writer, jwt.Attributes, (to, attribute) => WriteTexts(to, [attribute.Name, .. attribute.Values]));
                break;
            default:
                throw new ArgumentException("is of no kind that is known here", nameof(matcher));
        }

        writer.WriteEndArray();
    }

    private static void WriteSelector(Utf8JsonWriter writer, LabelSelector selector)
    {
        writer.WriteStartArray();
        WriteLabels(writer, selector.MatchLabels);
        WriteAll(writer, selector.MatchExpressions, (to, requirement) => WriteTexts(to, [requirement.Key, requirement.Operator.ToString(), .. requirement.Values]));
        writer.WriteEndArray();
    }

    // Keys, paths and lifetimes of an issuer decide about credentials, which a session has already shown; its audiences decide about TooWide too.
    private static void WriteIssuer(Utf8JsonWriter writer, JwtIssuerOptions issuer) =>
        WriteTexts(writer, [issuer.Issuer, issuer.ShortName, .. issuer.Audiences.Order(StringComparer.Ordinal)]);

    private static string Describe(DeniedWorkload denied) => string.Join('\n',
        denied.Jwt?.Issuer, denied.Jwt?.Subject,
        denied.Aws?.Account, denied.Aws?.InstanceId, denied.Aws?.TaskId, denied.Aws?.IamRole,
        denied.Workload, denied.Before?.ToUnixTimeMilliseconds());
}
