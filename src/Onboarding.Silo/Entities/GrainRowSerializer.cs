using Orleans.Storage;

namespace Onboarding.Silo.Entities;

/// <summary>Stores an <see cref="GrainRow"/> as it is. Orleans would otherwise write the names of types and assemblies into the database.</summary>
internal sealed class GrainRowSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) =>
        input is GrainRow row ? new BinaryData(row.Json) : throw new NotSupportedException($"only entities are stored, not {typeof(T)}");

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new GrainRow { Json = input.ToMemory() } is T row ? row : throw new NotSupportedException($"only entities are stored, not {typeof(T)}");
    }
}
