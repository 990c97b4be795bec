using Onboarding.Agent.Endpoint;
using Onboarding.Protocol;

namespace Onboarding.Agent.Life;

/// <summary>
/// The life of one registered session: heartbeats, renewals, the bundle and the sidecar's token, each in its own rhythm, one call at a time.
/// A duty that fails for now is tried again and holds up no other; what ends the session is thrown.
/// </summary>
internal sealed class Membership
{
    private readonly LifeServices services;
    private readonly AgentSession session;
    private readonly Agenda agenda;
    private bool tokenSettled;
    private bool mayRestart;

    public Membership(LifeServices services, AgentSession session)
    {
        this.services = services;
        this.session = session;
        agenda = new Agenda(services.Time, services.Random);
        agenda.Ask(Duty.Bootstrap);
        agenda.Ask(Duty.SidecarToken);
        agenda.Ask(Duty.Heartbeat);
        agenda.Done(Duty.Renewal, RenewIn);
    }

    private TimeSpan RenewIn => ReplyBounds.Renewal(session.Current.RenewAfter - services.Endpoint.Clock.Now);

    /// <summary>Lives until the session ends.</summary>
    /// <exception cref="EndpointException">The session is over, and why.</exception>
    public async Task LiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (duty, wait) = agenda.Next();
            if (wait > TimeSpan.Zero)
            {
                await services.Delay.WaitAsync(wait, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            await PerformAsync(duty, cancellationToken);
        }
    }

    private static bool EndsMembership(EndpointException error) => error.EndsSession || error.IsNotAuthorized || error.IsSuperseded;

    private async Task PerformAsync(Duty duty, CancellationToken cancellationToken)
    {
        try
        {
            var again = duty switch
            {
                Duty.Renewal => await RenewAsync(cancellationToken),
                Duty.Bootstrap => await BootstrapAsync(cancellationToken),
                Duty.SidecarToken => await FetchTokenAsync(cancellationToken),
                _ => await HeartbeatAsync(cancellationToken),
            };
            agenda.Done(duty, again);
            services.Log.Succeeded(duty);
        }
        catch (EndpointException error) when (!EndsMembership(error))
        {
            agenda.Failed(duty, error.RetryAfter);
            services.Log.Failing(duty, error.Reason, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            agenda.Failed(duty, retryAfter: null);
            services.Log.Failing(duty, error.GetType().Name, error.Message);
        }
    }

    private async Task<TimeSpan?> RenewAsync(CancellationToken cancellationToken)
    {
        var renewed = await services.Endpoint.RenewAsync(session, cancellationToken);
        TokenCheck.Require(renewed, session.Key.Thumbprint, services.Workload.Group);
        session.Renew(renewed);
        services.Log.Session(renewed);
        return RenewIn;
    }

    private async Task<TimeSpan?> BootstrapAsync(CancellationToken cancellationToken)
    {
        if (await services.Endpoint.GetBootstrapAsync(session, services.Files.Revision, cancellationToken) is { } bundle)
        {
            services.Files.Apply(bundle);
            services.Log.FilesWritten(bundle.Revision);
            // Nothing the agent does makes as much garbage; until the next bundle it idles, and gives the memory back.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        StartSidecar();
        return null;
    }

    private async Task<TimeSpan?> FetchTokenAsync(CancellationToken cancellationToken)
    {
        var issued = await services.Endpoint.GetSidecarTokenAsync(session, cancellationToken);
        if (issued is not null)
        {
            services.Files.WriteToken(issued.Token);
        }

        tokenSettled = true;
        StartSidecar();
        return issued is null ? null : ReplyBounds.Renewal((issued.ExpiresAt - services.Endpoint.Clock.Now) / 2);
    }

    private async Task<TimeSpan?> HeartbeatAsync(CancellationToken cancellationToken)
    {
        var reply = await services.Endpoint.HeartbeatAsync(session, await services.Sidecar.GetStatusAsync(cancellationToken), cancellationToken);
        mayRestart = reply.Restart == RestartTurn.Now;
        if (reply.BootstrapRevision is { } revision && revision != services.Files.Revision)
        {
            agenda.Ask(Duty.Bootstrap);
        }
        else
        {
            services.Files.CheckHosts();
            StartSidecar();
        }

        var jitter = 0.9 + (0.2 * services.Random.NextDouble());
        return ReplyBounds.Heartbeat(ReplyBounds.Heartbeat(reply.NextHeartbeat) * jitter);
    }

    /// <summary>Starts the sidecar once its files are there; restarts it when it has older ones and it is its turn.</summary>
    private void StartSidecar()
    {
        if (!tokenSettled || services.Files.Revision is not { } revision)
        {
            return;
        }

        if (mayRestart && services.Sidecar.Revision is { } running && running != revision)
        {
            services.Sidecar.Restart(revision);
        }
        else
        {
            services.Sidecar.Ensure(revision);
        }
    }
}
