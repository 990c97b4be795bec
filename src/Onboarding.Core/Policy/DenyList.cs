using System.Collections.Frozen;
using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Policy;

/// <summary>Who must stay out, whatever policies say: by name, or since its issuer, AWS or its region is not configured.</summary>
internal sealed class DenyList
{
    private readonly FrozenDictionary<Entry, DateTimeOffset> entries;
    private readonly FrozenSet<string> namespacesWithNames;
    private readonly FrozenDictionary<string, DateTimeOffset> accountsWithRoles;
    private readonly ImmutableArray<JwtIssuerOptions> issuers;

    // Without a configuration (a policy is tried out) every issuer counts.
    private readonly FrozenSet<string>? configured;
    private readonly bool isAwsConfigured;

    // Null: the trust bundle is not known here, and says nothing.
    private readonly AwsTrust? trust;

    /// <summary>Indexes the deny list of a configuration.</summary>
    public DenyList(WorkloadsOptions? options, AwsTrust? trust = null)
    {
        this.trust = trust;
        isAwsConfigured = options is null or { Aws: not null };

        // Of several entries for one, the one that reaches furthest counts.
        entries = (options?.Denied ?? []).Select(denied => (Entry: Entry.Of(denied), Before: denied.Before ?? DateTimeOffset.MaxValue))
            .GroupBy(denied => denied.Entry)
            .ToFrozenDictionary(same => same.Key, same => same.Max(denied => denied.Before));
        namespacesWithNames = entries.Keys.Where(entry => entry.Kind == EntryKind.Workload).Select(entry => entry.Scope).ToFrozenSet(StringComparer.Ordinal);
        accountsWithRoles = entries.Where(entry => entry.Key.Kind == EntryKind.Role)
            .GroupBy(entry => entry.Key.Scope, StringComparer.Ordinal)
            .ToFrozenDictionary(account => account.Key, account => account.Max(entry => entry.Value), StringComparer.Ordinal);
        issuers = options?.JwtIssuers ?? [];
        configured = options?.JwtIssuers.Select(issuer => issuer.Issuer).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether it names an IAM role of an account, so that whoever comes from there must prove which he has.</summary>
    public bool NamesRolesOf(string account, DateTimeOffset issuedAt) => accountsWithRoles.TryGetValue(account, out var before) && issuedAt < before;

    /// <summary>The refusal of somebody who must stay out; null: neither the list nor the absence of its issuer denies it.</summary>
    public PolicyDecision? Refuse(string @namespace, string group, WorkloadIdentity identity, DateTimeOffset issuedAt) =>
        Find(@namespace, group, identity, issuedAt) is { } denied ? new(false, null, null, denied) { Cause = DenialCause.Denied }
        : FindMissing(identity) is { } missing ? new(false, null, null, missing) { Cause = DenialCause.IssuerNotConfigured }
        : identity is AwsIdentity { Ec2.IamRole: null, Account: var account } && NamesRolesOf(account, issuedAt)
            ? new(false, null, null, $"the deny list names an IAM role of account {account}, and the instance proved none") { Cause = DenialCause.RoleNotProven }
            : null;

    /// <summary>What of the configuration vouched for the identity and is not there.</summary>
    private string? FindMissing(WorkloadIdentity identity) => identity switch
    {
        JwtIdentity jwt when configured?.Contains(jwt.Issuer) == false => $"issuer {Quoted.Of(jwt.Issuer)} is not configured",
        AwsIdentity when !isAwsConfigured => "authentication.aws is not configured",
        AwsIdentity aws when trust?.Regions.Contains(aws.Region) == false => $"region {Quoted.Of(aws.Region)} is not in the trust bundle",
        _ => null,
    };

    private string? Find(string @namespace, string group, WorkloadIdentity identity, DateTimeOffset issuedAt)
    {
        if (entries.Count == 0)
        {
            return null;
        }

        foreach (var entry in EntriesOf(@namespace, group, identity))
        {
            if (entries.TryGetValue(entry, out var before) && issuedAt < before)
            {
                return $"the deny list names {entry}" + (before == DateTimeOffset.MaxValue ? "" : $" for what was issued before {before:O}");
            }
        }

        return null;
    }

    private IEnumerable<Entry> EntriesOf(string @namespace, string group, WorkloadIdentity identity)
    {
        if (identity is JwtIdentity jwt)
        {
            yield return new(EntryKind.Subject, jwt.Issuer, jwt.Subject);
        }

        if (identity is AwsIdentity aws)
        {
            yield return aws.Ecs is { } ecs
                ? new(EntryKind.Task, aws.Account, ecs.TaskId)
                : new(EntryKind.Instance, aws.Account, aws.Ec2?.InstanceId ?? "");
            if (aws.IamRole is { } role)
            {
                yield return new(EntryKind.Role, aws.Account, role.Name);
            }
        }

        if (namespacesWithNames.Contains(@namespace) && WorkloadName.Of(group, identity, issuers) is { } name)
        {
            yield return new(EntryKind.Workload, @namespace, name);
        }
    }

    private enum EntryKind
    {
        Subject,
        Instance,
        Task,
        Role,
        Workload,
    }

    private readonly record struct Entry(EntryKind Kind, string Scope, string Value)
    {
        public static Entry Of(DeniedWorkload denied) => denied switch
        {
            { Jwt: { } jwt } => new(EntryKind.Subject, jwt.Issuer, jwt.Subject),
            { Aws: { InstanceId: { } instance } aws } => new(EntryKind.Instance, aws.Account, instance),
            { Aws: { TaskId: { } task } aws } => new(EntryKind.Task, aws.Account, task),
            { Aws: { IamRole: { } role } aws } => new(EntryKind.Role, aws.Account, role),
            { Workload: { } workload } when workload.Split('/') is [var @namespace, var name] => new(EntryKind.Workload, @namespace, name),
            _ => throw new ArgumentException("an entry of the deny list names nothing", nameof(denied)),
        };

        public override string ToString() => Kind switch
        {
            EntryKind.Subject => $"subject {Quoted.Of(Value)} of issuer {Quoted.Of(Scope)}",
            EntryKind.Workload => $"workload {Scope}/{Value}",
            var kind => $"AWS {kind.ToString().ToLowerInvariant()} {Quoted.Of(Value)} of account {Scope}",
        };
    }
}
