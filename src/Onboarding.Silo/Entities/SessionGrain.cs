using Onboarding.Core.Sessions;
using Orleans.Placement;

namespace Onboarding.Silo.Entities;

/// <summary>A session, on the silo that opened it.</summary>
[GrainType("session")]
[PreferLocalPlacement]
internal sealed class SessionGrain(EntityServices<Session> services) : EntityGrain<Session>(services);
