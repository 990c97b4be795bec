using Onboarding.Agent.Credentials;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Hosts;

namespace Onboarding.Agent.Life;

/// <summary>Joins, stays, and joins anew after any lapse, for ever. Nothing but a stop or an endpoint that must not be trusted ends it.</summary>
internal sealed class AgentLife(LifeServices services, Backoff localBackoff) : IDisposable
{
    private static readonly TimeSpan SupersededPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);
    private readonly Backoff backoff = new(services.Random);

    /// <summary>The registered session; null while there is none.</summary>
    public AgentSession? Session { get; private set; }

    /// <summary>Lives until it is stopped.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="UntrustedEndpointException">The endpoint is not the one this VM was configured for.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var pause = await LiveOnceAsync(stop);
            Session?.Dispose();
            Session = null;
            await services.Delay.WaitAsync(pause, stop);
        }
    }

    public void Dispose() => Session?.Dispose();

    /// <summary>One membership, from credential to its end; says how long to wait before the next.</summary>
    private async Task<TimeSpan> LiveOnceAsync(CancellationToken stop)
    {
        var since = services.Time.GetTimestamp();
        try
        {
            await JoinAsync(stop);
            since = services.Time.GetTimestamp();
            await new Membership(services, Session!).LiveAsync(stop);
            throw new InvalidOperationException("a membership ends by an exception");
        }
        catch (EndpointException error)
        {
            return Judge(error, services.Time.GetElapsedTime(since));
        }
        catch (Exception error) when (error is CredentialUnavailableException or CredentialNotAcceptedException or HostInformationException)
        {
            services.Log.Failed(LifeState.Waiting, error.GetType().Name, error.Message);
            return localBackoff.Next();
        }
        catch (Exception error) when (error is not (OperationCanceledException or UntrustedEndpointException))
        {
            services.Log.Failed(LifeState.Waiting, error.GetType().Name, $"{error.GetType().Name}: {error.Message}");
            return backoff.Next();
        }
    }

    private async Task JoinAsync(CancellationToken stop)
    {
        var discovery = await services.Enrollment.DiscoverAsync(stop);
        var candidacy = await services.Enrollment.PrepareAsync(discovery, stop);
        localBackoff.Reset();
        var opened = await services.Enrollment.OpenAsync(candidacy, stop);
        try
        {
            var registered = await services.Enrollment.RegisterAsync(opened, stop);
            services.Log.Joined(registered.Name);
            services.Log.Session(opened.Current);
            Session = opened;
        }
        finally
        {
            if (Session is null)
            {
                opened.Dispose();
            }
        }
    }

    private TimeSpan Judge(EndpointException error, TimeSpan lived)
    {
        if (Session is not null && lived >= StableAfter)
        {
            backoff.Reset();
        }

        if (error.IsSuperseded)
        {
            services.Log.Failed(LifeState.Superseded, error.Reason, error.Message);
            return SupersededPause * (0.8 + (0.4 * services.Random.NextDouble()));
        }

        if (error.IsNotAuthorized)
        {
            RemoveToken();
            services.Log.Failed(LifeState.NotAuthorized, error.Reason, error.Message);
        }
        else if (Session is not null && error.EndsSession)
        {
            services.Log.Rejoining(error.Reason, error.Message);
        }
        else
        {
            services.Log.Failed(LifeState.Waiting, error.Reason, error.Message);
        }

        return backoff.Next(error.RetryAfter);
    }

    // The directory is the sidecar's user's, who may have put something there that cannot be removed: no reason to stop.
    private void RemoveToken()
    {
        try
        {
            services.Files.RemoveToken();
        }
        catch (IOException error)
        {
            services.Log.Failing(Duty.SidecarToken, error.GetType().Name, error.Message);
        }
    }
}
