using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Onboarding.Silo.Partitions;
using Orleans.Concurrency;

namespace Onboarding.Silo.Entities;

/// <summary>Asks entities wherever in the cluster they are; none while this silo is cut off, since what it has in memory may be elsewhere by now.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
internal sealed partial class GrainEntityHost<TState>(string kind, EntityMessages<TState> messages, IGrainFactory grains, IClusterContact contact, ILogger<GrainEntityHost<TState>> logger)
    : IEntityHost<TState>
    where TState : class, IEntity<TState>
{
    private readonly GrainType type = GrainType.Create(kind);

    /// <inheritdoc/>
    public async ValueTask<TReply> AskAsync<TReply>(string key, ICommand<TState, TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (contact.IsLost)
        {
            throw new UnavailableException($"{kind} {key} is not asked: the silo is cut off");
        }

        var grain = grains.GetGrain<IEntityGrain>(GrainId.Create(type, key));
        var reply = await AskAsync(grain, new(messages.EncodeCommand(command)), cancellationToken);
        return reply.Value is { Length: > 0 } json
            ? messages.DecodeReply<TReply>(json)
            : throw new UnavailableException($"{kind} {key} is unavailable");
    }

    // A command bears being asked twice, and another silo takes the entity over at once.
    private async Task<Immutable<byte[]>> AskAsync(IEntityGrain grain, Immutable<byte[]> command, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await grain.AskAsync(command, cancellationToken);
            }
            catch (OrleansMessageRejectionException lost)
            {
                LogAskedAgain(logger, kind, lost.Message);
                return await grain.AskAsync(command, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException($"a {kind} could not be asked", failure);
        }
    }

    [LoggerMessage(EventId = 3011, Level = LogLevel.Debug, Message = "A {Kind} was lost with its silo and is asked again: {Reason}")]
    private static partial void LogAskedAgain(ILogger logger, string kind, string reason);
}
