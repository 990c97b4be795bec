using System.Collections.Immutable;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>One namespace, <c>bookinfo</c>, with the groups <c>ratings</c> (allowed) and <c>reviews</c> (no policy).</summary>
internal sealed class FakePolicyCatalog : IPolicyCatalog
{
    private readonly Snapshot snapshot = new();

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public IReadOnlyCollection<string> Namespaces => ["bookinfo"];

    public DateTimeOffset? AsOf { get; set; } = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    public string? Version
    {
        get => snapshot.CurrentVersion;
        set => snapshot.CurrentVersion = value;
    }

    public int Asked { get; private set; }

    public NamespaceSnapshot? Find(string @namespace)
    {
        Asked++;
        return string.Equals(@namespace, "bookinfo", StringComparison.Ordinal) ? snapshot : null;
    }

    public void Reset()
    {
        AsOf = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);
        Version = "v1";
        Asked = 0;
    }

    private sealed class Snapshot : NamespaceSnapshot
    {
        public string? CurrentVersion { get; set; } = "v1";

        public override string? Version => CurrentVersion;

        public override DateTimeOffset AsOf => new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

        public override WorkloadGroup? FindGroup(string name) => name is "ratings" or "reviews"
            ? new WorkloadGroup(
                new ObjectMeta { Namespace = "bookinfo", Name = name },
                ImmutableSortedDictionary<string, string>.Empty,
                ImmutableSortedDictionary<string, string>.Empty,
                new WorkloadTemplate(),
                Probe: null)
            : null;

        public override PolicyDecision Evaluate(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
            string.Equals(group, "ratings", StringComparison.Ordinal)
                ? new PolicyDecision(true, "allow-vms", 0, "allowed")
                : new PolicyDecision(false, null, null, "no policy of the namespace matches the identity") { Cause = DenialCause.NotAllowed };

        public override PolicyExplanation Explain(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
            new(Evaluate(identity, group, issuedAt), [new PolicyCandidate("allow-vms", 0, 0, "jwt.subjects: vm1 is not listed")]);
    }
}
