using Orleans.Concurrency;

namespace Onboarding.Silo.Entities;

/// <summary>Any entity, as other silos see it: a command in, a reply out, both as the core's JSON.</summary>
[Alias("onboarding.entity")]
internal interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>Asks the entity.</summary>
    /// <returns>The reply; empty: unavailable, perhaps done, ask again.</returns>
    [Alias("ask")]
    Task<Immutable<byte[]>> AskAsync(Immutable<byte[]> command, CancellationToken cancellationToken);
}
