using Onboarding.Core.Workloads;

namespace Onboarding.Silo.Duties;

/// <summary>What the duties' grains need.</summary>
/// <param name="Duty">Walks a namespace.</param>
/// <param name="Time">The clock between walks; not the silo's own.</param>
internal sealed record DutyServices(NamespaceDuty Duty, TimeProvider Time);
