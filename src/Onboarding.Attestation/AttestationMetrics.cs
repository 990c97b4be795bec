using System.Diagnostics.Metrics;

namespace Onboarding.Attestation;

/// <summary>What is counted about credentials; no identity is ever a label.</summary>
internal sealed class AttestationMetrics
{
    public const string MeterName = "Onboarding.Attestation";
    private readonly Counter<long> refusals;

    public AttestationMetrics(IMeterFactory meters) => refusals = meters.Create(MeterName).CreateCounter<long>(
        "onboarding.attestation.refusals", "{credential}", "Credentials that proved no identity");

    /// <summary>Counts one.</summary>
    /// <param name="kind">The credential's kind.</param>
    /// <param name="code">What the agent is told.</param>
    public void CountRefusal(string kind, string code) => refusals.Add(1, new("kind", kind), new("code", code));
}
