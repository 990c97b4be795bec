using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Sidecar;

namespace Onboarding.Agent.Life;

/// <summary>What the agent's life is led with.</summary>
/// <param name="Endpoint">The onboarding API.</param>
/// <param name="Enrollment">How to become a member.</param>
/// <param name="Workload">The workload.</param>
/// <param name="Files">The sidecar's files.</param>
/// <param name="Sidecar">The sidecar.</param>
/// <param name="Delay">How to wait.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">The jitter.</param>
/// <param name="Log">The log of state changes.</param>
internal sealed record LifeServices(
    EndpointClient Endpoint,
    Enrollment Enrollment,
    WorkloadDescription Workload,
    SidecarFiles Files,
    ISidecar Sidecar,
    IDelay Delay,
    TimeProvider Time,
    Random Random,
    StateLog Log);
