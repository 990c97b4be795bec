namespace Onboarding.Core.Entities;

/// <summary>"Perhaps done, ask again", done once: every command bears being asked twice, and the loss of an activation is over at the second.</summary>
internal static class AskingAgain
{
    /// <summary>Asks, and asks once more when that was unavailable.</summary>
    /// <exception cref="UnavailableException">It was unavailable twice.</exception>
    public static async ValueTask<TReply> AskTwiceAsync<TState, TReply>(
        this IEntityHost<TState> host,
        string key,
        ICommand<TState, TReply> command,
        CancellationToken cancellationToken)
        where TState : class, IEntity<TState>
    {
        try
        {
            return await host.AskAsync(key, command, cancellationToken);
        }
        catch (UnavailableException)
        {
            return await host.AskAsync(key, command, cancellationToken);
        }
    }
}
