using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Onboarding.Core.Entities;

/// <summary>
/// The stored form of one kind of entity, the same in every host: <c>{"schema":1,"state":{…},"effects":[{"kind":"…",…}]}</c>,
/// where <c>effects</c> is left out when there are none.
/// </summary>
/// <remarks>
/// Stored rows outlive releases, in both directions of a rolling upgrade. Within a schema, members are added as optional and
/// discriminators of effects never change; whatever an earlier release could not read correctly raises the number.
/// A lower number is read by the same type, whose optional members then are absent; a higher one is refused.
/// </remarks>
/// <typeparam name="TState">The entity's state.</typeparam>
public sealed class EntityCodec<TState>
    where TState : class, IEntity<TState>
{
    private const string SchemaName = "schema";
    private const string StateName = "state";
    private const string EffectsName = "effects";

    // Rows are built here and copied at their size: a buffer that grows for each leaves several times as much to be collected.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    private readonly JsonTypeInfo<TState> stateType;
    private readonly JsonTypeInfo? effectType;

    /// <summary>A codec over source-generated metadata.</summary>
    /// <param name="kind">The kind's name in every store, unique and never changed, e.g. <c>workload</c>.</param>
    /// <param name="schema">The number this release writes, from 1.</param>
    /// <param name="stateType">Metadata of the state.</param>
    /// <param name="effectType">Metadata of the entity's abstract effect record; null: it has no effects.</param>
    public EntityCodec(string kind, int schema, JsonTypeInfo<TState> stateType, JsonTypeInfo? effectType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentOutOfRangeException.ThrowIfLessThan(schema, 1);
        ArgumentNullException.ThrowIfNull(stateType);
        if (effectType is not null && !effectType.Type.IsSubclassOf(typeof(Effect)))
        {
            throw new ArgumentException($"{effectType.Type} is no {nameof(Effect)}", nameof(effectType));
        }

        Kind = kind;
        Schema = schema;
        this.stateType = stateType;
        this.effectType = effectType;
    }

    /// <summary>The kind's name in every store.</summary>
    public string Kind { get; }

    /// <summary>The schema number this release writes, and the highest it reads.</summary>
    public int Schema { get; }

    /// <summary>Writes a row.</summary>
    public byte[] Encode(StoredEntity<TState> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var buffer = scratch ??= new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber(SchemaName, Schema);
            writer.WritePropertyName(StateName);
            JsonSerializer.Serialize(writer, row.State, stateType);
            WriteEffects(writer, row.Effects);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a row.</summary>
    /// <exception cref="UnreadableEntityException">It is of a later release, or it is damaged.</exception>
    public StoredEntity<TState> Decode(ReadOnlyMemory<byte> row)
    {
        try
        {
            using var document = JsonDocument.Parse(row);
            var root = document.RootElement;
            var schema = root.GetProperty(SchemaName).GetInt32();
            if (schema < 1 || schema > Schema)
            {
                throw new UnreadableEntityException(
                    $"a row of kind '{Kind}' has schema {schema}; this release reads 1 to {Schema}: run the release that wrote it, or a later one");
            }

            var state = root.GetProperty(StateName).Deserialize(stateType)
                ?? throw new UnreadableEntityException($"a row of kind '{Kind}' has no state");
            return new StoredEntity<TState>(state, ReadEffects(root));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or NotSupportedException)
        {
            throw new UnreadableEntityException($"a row of kind '{Kind}' is damaged, or of a release that this one does not know: {failure.Message}", failure);
        }
    }

    private void WriteEffects(Utf8JsonWriter writer, ImmutableArray<Effect> effects)
    {
        if (effects.IsEmpty)
        {
            return;
        }

        var type = effectType ?? throw new InvalidOperationException($"the codec of kind '{Kind}' was made without effects");
        writer.WriteStartArray(EffectsName);
        foreach (var effect in effects)
        {
            JsonSerializer.Serialize(writer, effect, type);
        }

        writer.WriteEndArray();
    }

    private ImmutableArray<Effect> ReadEffects(JsonElement root)
    {
        if (!root.TryGetProperty(EffectsName, out var stored))
        {
            return [];
        }

        var type = effectType ?? throw new UnreadableEntityException($"a row of kind '{Kind}' has effects, of which this release knows none");
        return [.. stored.EnumerateArray().Select(effect => ReadEffect(effect, type))];
    }

    private Effect ReadEffect(JsonElement effect, JsonTypeInfo type) =>
        effect.Deserialize(type) as Effect ?? throw new UnreadableEntityException($"a row of kind '{Kind}' has an effect that is null");
}
