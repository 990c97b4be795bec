using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Workloads;

/// <summary>What a workload knows of one of its sessions.</summary>
internal sealed record OpenedSession
{
    private static readonly ImmutableSortedDictionary<string, string> NoAttributes =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    private readonly DateTime issuedAt;
    private readonly DateTime openedAt;
    private readonly DateTime policyAsOf;
    private readonly DateTime deniedSince;
    private readonly DateTime expiresAt;

    /// <summary>Hash of the session id; key of the session's entity.</summary>
    public required string Id { get; init; }

    /// <summary>Given when it was opened; higher than every earlier one.</summary>
    public required long Epoch { get; init; }

    /// <summary>Hash of the agent's instanceId.</summary>
    public required string Instance { get; init; }

    /// <summary>The identity, as its credential proved it.</summary>
    public required WorkloadIdentity Identity
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Name of the registration.</summary>
    public required string Name { get; init; }

    /// <summary>When its credential was issued.</summary>
    public required DateTimeOffset IssuedAt
    {
        get => issuedAt.ToOffset();
        init => issuedAt = UtcTime.Of(value);
    }

    /// <summary>When it was opened, in whole seconds.</summary>
    public required DateTimeOffset OpenedAt
    {
        get => openedAt.ToOffset();
        init => openedAt = UtcTime.Of(value);
    }

    /// <summary>How long its tokens are valid.</summary>
    public required TimeSpan TokenValidity { get; init; }

    /// <summary>Whether its credential proved the machine itself, so that it always takes over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ProvesMachine { get; init; }

    /// <summary>The policy version that allowed it last.</summary>
    public required string PolicyVersion
    {
        get;
        init => field = Shared.Of(value);
    }

    /// <summary>When the resources of that version were listed.</summary>
    public required DateTimeOffset PolicyAsOf
    {
        get => policyAsOf.ToOffset();
        init => policyAsOf = UtcTime.Of(value);
    }

    /// <summary>Since when policy allows it no more; in memory, so that an outage gives the delay anew.</summary>
    [JsonIgnore]
    public DateTimeOffset? DeniedSince
    {
        get => deniedSince.ToOffsetOrNull();
        init => deniedSince = UtcTime.Of(value);
    }

    /// <summary>What the brake said when its permission was gone; null: nothing, or it is allowed again.</summary>
    public HeldPermission? Held { get; init; }

    /// <summary>The last version of deny list and issuers that let it be while there was no verdict; in memory, since asking again costs one question.</summary>
    [JsonIgnore]
    public string? AtOnceVersion { get; init; }

    /// <summary>When its last token expires; in memory, since renewals move it.</summary>
    [JsonIgnore]
    public DateTimeOffset ExpiresAt
    {
        get => expiresAt.ToOffset();
        init => expiresAt = UtcTime.Of(value);
    }

    /// <summary>After we were away: a token may have been renewed since it was stored.</summary>
    public OpenedSession Resumed(DateTimeOffset now) => this with { ExpiresAt = now + TokenValidity, DeniedSince = null, Held = null };

    /// <summary>Most often it was the session's own machine that showed a credential.</summary>
    public UsedCredential Share(UsedCredential used) => used.Instance == Instance ? used with { Instance = Instance } : used;

    /// <summary>Weighs what policy says now.</summary>
    public Judgement Judge(PolicyFacts policy, DateTimeOffset now)
    {
        if (policy.Version is not { } version)
        {
            return JudgeWithoutVersion(policy, now);
        }

        if (version == PolicyVersion)
        {
            return new Judgement(DeniedSince is null ? this : this with { DeniedSince = null, Held = null });
        }

        if (Held is { } held && held.IsInForce(version, now))
        {
            return new Judgement(this);
        }

        if (policy.Verdict is not { } verdict)
        {
            return new Judgement(this, IsUndecided: true);
        }

        // News that are older than what allowed it are no news; deny list and issuers are not of the resources, whose age it is.
        if (policy.AsOf < PolicyAsOf && !verdict.IsAtOnce)
        {
            return new Judgement(this);
        }

        if (verdict.IsAllowed)
        {
            return new Judgement(this with { PolicyVersion = version, PolicyAsOf = policy.AsOf, DeniedSince = null, Held = null });
        }

        // It is no refusal yet: whoever attests anew may be allowed, and whoever does not loses the lease in its own time.
        if (verdict.NeedsRole)
        {
            return new Judgement(this, NeedsCredential: true);
        }

        var since = DeniedSince ?? now;
        return verdict.IsAtOnce || now - since >= policy.WithdrawalDelay
            ? Lapse(version, verdict, since, now)
            : new Judgement(DeniedSince is null ? this with { DeniedSince = since } : this);
    }

    private static WorkloadIdentity Share(WorkloadIdentity identity) => identity switch
    {
        JwtIdentity jwt => jwt with { Issuer = Shared.Of(jwt.Issuer), Attributes = jwt.Attributes.IsEmpty ? NoAttributes : jwt.Attributes },
        AwsIdentity aws => aws with
        {
            Partition = Shared.Of(aws.Partition),
            Account = Shared.Of(aws.Account),
            Region = Shared.Of(aws.Region),
            Zone = Shared.Of(aws.Zone),
        },
        _ => identity,
    };

    private Judgement Lapse(string version, PolicyVerdict verdict, DateTimeOffset since, DateTimeOffset now) => verdict.HeldFor is { } pace
        ? new Judgement(this with { DeniedSince = since, Held = new(version, now + pace) })
        : new Judgement(this, IsLapsed: true);

    // It goes on as it was, unless the configuration, which needs no list of resources, keeps it out.
    private Judgement JudgeWithoutVersion(PolicyFacts policy, DateTimeOffset now) =>
        policy.AtOnceVersion is not { } atOnce || atOnce == AtOnceVersion || Held?.IsInForce(atOnce, now) == true ? new Judgement(this)
        : policy.Verdict is not { } verdict ? new Judgement(this, IsUndecided: true)
        : verdict.IsAtOnce ? Lapse(atOnce, verdict, DeniedSince ?? now, now)
        : new Judgement(this with { AtOnceVersion = atOnce });
}

/// <summary>The brake holds the removal of a workload whose permission is gone.</summary>
/// <param name="Version">The version of the policies that do not allow it.</param>
/// <param name="Until">When the brake is asked again.</param>
internal sealed record HeldPermission(string Version, DateTimeOffset Until)
{
    /// <summary>Whether what was said still holds.</summary>
    public bool IsInForce(string version, DateTimeOffset now) => version == Version && now < Until;
}

/// <summary>What becomes of a session after policy was weighed.</summary>
/// <param name="Session">The session.</param>
/// <param name="IsUndecided">Policy has moved: a verdict is needed.</param>
/// <param name="IsLapsed">Its permission is gone, and the withdrawal delay over.</param>
/// <param name="NeedsCredential">Only a fresh credential can say.</param>
internal readonly record struct Judgement(OpenedSession Session, bool IsUndecided = false, bool IsLapsed = false, bool NeedsCredential = false);
