using Microsoft.Extensions.Logging;
using Onboarding.Agent.Endpoint;

namespace Onboarding.Agent.Life;

/// <summary>Leaves the mesh gracefully: the mesh first stops sending, then the sidecar drains and stops, then its files go.</summary>
internal sealed partial class Farewell(LifeServices services, ILogger logger)
{
    private static readonly TimeSpan Tries = TimeSpan.FromSeconds(5);

    /// <summary>Leaves; without a session only the sidecar is stopped.</summary>
    public async Task LeaveAsync(AgentSession? session)
    {
        var propagation = session is null ? null : await DeregisterAsync(session);
        if (propagation is { } delay)
        {
            Left(logger, delay.TotalSeconds);
            await services.Delay.WaitAsync(delay, CancellationToken.None);
        }

        await services.Sidecar.StopAsync();
        services.Files.RemoveAll();
        Stopped(logger);
    }

    private async Task<TimeSpan?> DeregisterAsync(AgentSession session)
    {
        using var enough = new CancellationTokenSource(Tries, services.Time);
        var backoff = new Backoff(services.Random);
        try
        {
            while (true)
            {
                try
                {
                    var reply = await services.Endpoint.LeaveAsync(session, enough.Token);
                    return ReplyBounds.PropagationDelay(reply.PropagationDelay);
                }
                catch (EndpointException error) when (error.EndsSession || error.IsSuperseded || error.IsNotAuthorized)
                {
                    return null;
                }
                catch (EndpointException)
                {
                    await services.Delay.WaitAsync(backoff.Next(), enough.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            NotTold(logger, Tries.TotalSeconds);
            return null;
        }
    }

    [LoggerMessage(1021, LogLevel.Information, "Left the mesh; the sidecar goes on for {Seconds} s while the news spreads")]
    private static partial void Left(ILogger logger, double seconds);

    [LoggerMessage(1022, LogLevel.Warning, "The endpoint could not be told within {Seconds} s; it removes the registration when its lease has ended")]
    private static partial void NotTold(ILogger logger, double seconds);

    [LoggerMessage(1023, LogLevel.Information, "Sidecar stopped and its files removed")]
    private static partial void Stopped(ILogger logger);
}
