using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>What one namespace allows, compiled; immutable.</summary>
public abstract class NamespaceSnapshot
{
    /// <summary>
    /// Hash over the content: policies, labels of groups, JWT issuers, trust bundle, deny list. The same in every process and after every restart.
    /// Null: no verdict (see <see cref="IPolicyCatalog.Find"/>): sessions go on as they were, new ones get 503.
    /// </summary>
    public abstract string? Version { get; }

    /// <summary>
    /// Where there is no verdict: hash over what takes effect at once all the same, the deny list and the JWT issuers. Null where <see cref="Version"/>,
    /// which covers them, is known.
    /// </summary>
    public virtual string? AtOnceVersion => null;

    /// <summary>When the resources behind it were listed completely.</summary>
    public abstract DateTimeOffset AsOf { get; }

    /// <summary>A WorkloadGroup of the namespace.</summary>
    public abstract WorkloadGroup? FindGroup(string name);

    /// <summary>Whether an identity may join a group. The deny list is asked first; <paramref name="issuedAt"/> is what its <c>before</c> is compared with.</summary>
    public abstract PolicyDecision Evaluate(WorkloadIdentity identity, string group, DateTimeOffset issuedAt);

    /// <summary>
    /// What can be said of a machine at AWS whose IAM role is not known yet; by this it is decided whether AWS is asked at all. What stands in
    /// <paramref name="identity"/> as its role does not count.
    /// </summary>
    public virtual PolicyProspect Foresee(AwsIdentity identity, string group, DateTimeOffset issuedAt) =>
        new(Evaluate(identity, group, issuedAt), NeedsRole: false);

    /// <summary>The same as <see cref="Evaluate"/>, with what was tried.</summary>
    public abstract PolicyExplanation Explain(WorkloadIdentity identity, string group, DateTimeOffset issuedAt);
}
