using Microsoft.Extensions.Logging;
using Onboarding.Agent.Status;
using Onboarding.Protocol;

namespace Onboarding.Agent.Life;

/// <summary>Writes one line for each change of the agent's state, not one for each try; and keeps the status, which shows the last one, too.</summary>
internal sealed partial class StateLog(ILogger logger, StatusKeeper status)
{
    private readonly Dictionary<Duty, string> failing = [];
    private (LifeState State, string Reason) last = (LifeState.Joining, "");

    /// <summary>Where the agent's life stands.</summary>
    public LifeState State => last.State;

    /// <summary>A session was registered.</summary>
    public void Joined(string name)
    {
        failing.Clear();
        status.Joined(name);
        if (Enter(LifeState.Joined, name))
        {
            IsJoined(logger, name);
        }
    }

    /// <summary>The session has a token, or another one.</summary>
    public void Session(SessionResponse session) => status.Session(session);

    /// <summary>A session is over, for a reason that a fresh credential helps against.</summary>
    public void Rejoining(string reason, string text)
    {
        status.Failed(LifeState.Joining, text);
        if (Enter(LifeState.Joining, reason))
        {
            IsRejoining(logger, text);
        }
    }

    /// <summary>Joining failed.</summary>
    public void Failed(LifeState state, string reason, string text)
    {
        status.Failed(state, text);
        if (!Enter(state, reason))
        {
            return;
        }

        switch (state)
        {
            case LifeState.NotAuthorized:
                IsNotAuthorized(logger, text);
                break;
            case LifeState.Superseded:
                IsSuperseded(logger, text);
                break;
            default:
                IsWaiting(logger, text);
                break;
        }
    }

    /// <summary>A duty of a member failed for now.</summary>
    public void Failing(Duty duty, string reason, string text)
    {
        status.Failing(duty, text);
        if (failing.TryGetValue(duty, out var known) && known == reason)
        {
            return;
        }

        failing[duty] = reason;
        if (reason == ProblemCodes.Unavailable)
        {
            // Part of every join: the bundle is there once the WorkloadEntry has been accepted.
            IsNotReady(logger, duty, text);
        }
        else
        {
            IsFailing(logger, duty, text);
        }
    }

    /// <summary>A duty of a member went well.</summary>
    public void Succeeded(Duty duty)
    {
        status.Succeeded(duty);
        if (failing.Remove(duty))
        {
            IsWorkingAgain(logger, duty);
        }
    }

    /// <summary>The bundle's files were written.</summary>
    public void FilesWritten(string revision)
    {
        status.FilesWritten(revision);
        AreWritten(logger, revision);
    }

    private bool Enter(LifeState state, string reason)
    {
        var isNew = last != (state, reason);
        last = (state, reason);
        return isNew;
    }

    [LoggerMessage(1001, LogLevel.Information, "Joined as {Name}")]
    private static partial void IsJoined(ILogger logger, string name);

    [LoggerMessage(1002, LogLevel.Information, "Joining anew: {Reason}")]
    private static partial void IsRejoining(ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Error, "Not authorized to be in the group; a sidecar that runs is left running without a token, and the agent goes on trying: {Reason}")]
    private static partial void IsNotAuthorized(ILogger logger, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "Another session holds this workload; the sidecar is left as it is, and the agent tries again in some minutes: {Reason}")]
    private static partial void IsSuperseded(ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Warning, "Cannot join yet, and goes on trying: {Reason}")]
    private static partial void IsWaiting(ILogger logger, string reason);

    [LoggerMessage(1006, LogLevel.Warning, "{Duty} fails, and is tried again: {Reason}")]
    private static partial void IsFailing(ILogger logger, Duty duty, string reason);

    [LoggerMessage(1009, LogLevel.Information, "{Duty} is not ready at the endpoint, and is asked for again: {Reason}")]
    private static partial void IsNotReady(ILogger logger, Duty duty, string reason);

    [LoggerMessage(1007, LogLevel.Information, "{Duty} works again")]
    private static partial void IsWorkingAgain(ILogger logger, Duty duty);

    [LoggerMessage(1008, LogLevel.Information, "Sidecar files written, boot bundle {Revision}")]
    private static partial void AreWritten(ILogger logger, string revision);
}
