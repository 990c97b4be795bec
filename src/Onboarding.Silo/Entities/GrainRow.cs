namespace Onboarding.Silo.Entities;

/// <summary>What a storage provider keeps of an entity: the JSON that <see cref="Core.Entities.EntityCodec{TState}"/> wrote.</summary>
internal sealed class GrainRow
{
    /// <summary>The JSON; empty: there is no row.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
}
