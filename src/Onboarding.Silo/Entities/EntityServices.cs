using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Onboarding.Silo.Members;
using Orleans.Storage;

namespace Onboarding.Silo.Entities;

/// <summary>What the grains of one kind of entity need.</summary>
/// <param name="Codec">The stored form; its kind is the grain type and the state's name.</param>
/// <param name="Messages">The form of commands and replies.</param>
/// <param name="Storage">Where the rows are.</param>
/// <param name="Handler">What does the effects; asked late, since a handler usually needs hosts itself.</param>
/// <param name="Time">The clock of deadlines and retries.</param>
/// <param name="Logger">Where failures are told.</param>
internal sealed record EntityServices<TState>(
    EntityCodec<TState> Codec,
    EntityMessages<TState> Messages,
    IGrainStorage Storage,
    Func<IEffectHandler<TState>> Handler,
    TimeProvider Time,
    ILogger Logger)
    where TState : class, IEntity<TState>
{
    /// <summary>How many there are in this silo.</summary>
    public ActivationCount Activations { get; } = new(Codec.Kind);
}
