using System.Collections.Immutable;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Life;
using Onboarding.Agent.Sidecar;
using Onboarding.Protocol;

namespace Onboarding.Agent.Status;

/// <summary>Keeps the status as the agent lives, and writes each change down.</summary>
internal sealed class StatusKeeper
{
    private readonly StatusFile file;
    private readonly EndpointClock clock;
    private readonly TimeProvider time;
    private AgentStatus status;

    public StatusKeeper(StatusFile file, WorkloadGroupReference group, EndpointClock clock, TimeProvider time)
    {
        this.file = file;
        this.clock = clock;
        this.time = time;
        status = new AgentStatus
        {
            Version = AgentVersion.Current,
            Process = Environment.ProcessId,
            ProcessStarted = ProcessStart.Of(Environment.ProcessId) ?? 0,
            Group = group.ToString(),
            Since = time.GetUtcNow(),
        };
    }

    /// <summary>A session was registered.</summary>
    public void Joined(string name) => Write(In(LifeState.Joined) with { Name = name, Failing = ImmutableSortedDictionary<Duty, string>.Empty });

    /// <summary>The session's token is another one.</summary>
    public void Session(SessionResponse session) => Write(status with { TokenExpiresAt = session.ExpiresAt, TokenRenewedAfter = session.RenewAfter });

    /// <summary>There is no session, or no longer.</summary>
    public void Failed(LifeState state, string text) => Write(In(state) with { TokenExpiresAt = null, TokenRenewedAfter = null, LastError = Error(text) });

    /// <summary>A duty fails for now.</summary>
    public void Failing(Duty duty, string text) => Write(status with { Failing = status.Failing.SetItem(duty, text), LastError = Error(text) });

    /// <summary>A duty went well.</summary>
    public void Succeeded(Duty duty) => Write(status with
    {
        Failing = status.Failing.Remove(duty),
        LastHeartbeat = duty == Duty.Heartbeat ? time.GetUtcNow() : status.LastHeartbeat,
    });

    /// <summary>A bundle's files were written.</summary>
    public void FilesWritten(string revision) => Write(status with { BundleRevision = revision });

    private AgentStatus In(LifeState state) => status.State == state ? status : status with { State = state, Since = time.GetUtcNow() };

    private LastError Error(string text) => new(time.GetUtcNow(), text);

    private void Write(AgentStatus next)
    {
        status = next with { ClockDifferenceSeconds = Math.Round((clock.Now - time.GetUtcNow()).TotalSeconds, 1) };
        file.Write(status);
    }
}
