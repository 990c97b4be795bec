using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Onboarding.Core.Entities;

/// <summary>
/// Commands to one kind of entity, and the replies, as messages between processes: JSON, a command with its discriminator.
/// Processes of different releases talk to each other: members are added as optional, discriminators never change.
/// </summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public sealed class EntityMessages<TState>
    where TState : class, IEntity<TState>
{
    private readonly JsonTypeInfo commandType;

    /// <summary>Messages over source-generated metadata.</summary>
    /// <param name="commandType">Metadata of the entity's abstract command record; its context also knows every reply.</param>
    public EntityMessages(JsonTypeInfo commandType)
    {
        ArgumentNullException.ThrowIfNull(commandType);
        this.commandType = commandType;
    }

    /// <summary>Writes a command.</summary>
    public byte[] EncodeCommand(ICommand<TState> command) => JsonSerializer.SerializeToUtf8Bytes(command, commandType);

    /// <summary>Reads a command; null: a later release sent it, and this one does not know it.</summary>
    public ICommand<TState>? DecodeCommand(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, commandType) as ICommand<TState>;
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes a reply.</summary>
    public byte[] EncodeReply(object reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return JsonSerializer.SerializeToUtf8Bytes(reply, commandType.Options.GetTypeInfo(reply.GetType()));
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="UnavailableException">It is none that this release can read.</exception>
    public TReply DecodeReply<TReply>(ReadOnlySpan<byte> message)
    {
        try
        {
            var type = (JsonTypeInfo<TReply>)commandType.Options.GetTypeInfo(typeof(TReply));
            return JsonSerializer.Deserialize(message, type) ?? throw new UnavailableException("the reply is empty");
        }
        catch (JsonException failure)
        {
            throw new UnavailableException("the reply is of a release that this one does not know", failure);
        }
    }
}
