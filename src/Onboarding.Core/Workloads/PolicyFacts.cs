using System.Text.Json.Serialization;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Workloads;

/// <summary>What this process knows of the policies of a workload's namespace, told with every call.</summary>
/// <param name="Version">Their version; null: there is no verdict, and sessions go on as they were.</param>
/// <param name="AsOf">When the resources behind it were listed.</param>
/// <param name="WithdrawalDelay">How long a permission must be gone before a live workload loses its place.</param>
/// <param name="Verdict">What that version says of the workload, where it was asked.</param>
internal sealed record PolicyFacts(string? Version, DateTimeOffset AsOf, TimeSpan WithdrawalDelay, PolicyVerdict? Verdict = null)
{
    /// <summary>Where there is no version: that of the deny list and the issuers, which take effect all the same.</summary>
    public string? AtOnceVersion { get; init; }
}

/// <summary>What policy says of a workload.</summary>
/// <param name="IsAllowed">Whether it may be there.</param>
/// <param name="IsAtOnce">Whether a refusal waits for no delay: its issuer is gone, or the deny list names it.</param>
/// <param name="HeldFor">The brake holds the removal: the session goes on for this long, until the brake is asked again. Null: it was not asked, or holds nothing.</param>
internal sealed record PolicyVerdict(bool IsAllowed, bool IsAtOnce, TimeSpan? HeldFor = null)
{
    /// <summary>Whether only a fresh credential, with the IAM role that this one did not prove, can say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NeedsRole { get; init; }
}

/// <summary>For whom a verdict is needed.</summary>
/// <param name="Identity">The identity.</param>
/// <param name="IssuedAt">When its credential was issued.</param>
internal sealed record PolicyQuestion(WorkloadIdentity Identity, DateTimeOffset IssuedAt);
