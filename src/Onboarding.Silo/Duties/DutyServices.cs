using Onboarding.Core.Workloads;
using Onboarding.Silo.Members;

namespace Onboarding.Silo.Duties;

/// <summary>What the duties' grains need.</summary>
/// <param name="Duty">Walks a namespace.</param>
/// <param name="Time">The clock between walks; not the silo's own.</param>
internal sealed record DutyServices(NamespaceDuty Duty, TimeProvider Time)
{
    /// <summary>The grain type of duties.</summary>
    public const string Kind = "namespace-duty";

    /// <summary>How many there are in this silo.</summary>
    public ActivationCount Activations { get; } = new(Kind);
}
