using System.Text.Json;
using Onboarding.Agent.Life;
using Onboarding.Agent.Sidecar;

namespace Onboarding.Agent.Status;

/// <summary><c>onboarding-agent status</c>: how the agent on this machine stands.</summary>
internal sealed class StatusCommand(StatusFile file, TextWriter output, TextWriter errors)
{
    /// <summary>Prints it; gives whether an agent runs and is a member.</summary>
    public bool Run(bool asJson)
    {
        AgentStatus? status;
        try
        {
            status = file.Read();
        }
        catch (UnauthorizedAccessException)
        {
            errors.WriteLine($"{StatusFile.Path} is for root and the agent's own user");
            return false;
        }

        if (status is null || status.ProcessStarted != ProcessStart.Of(status.Process))
        {
            errors.WriteLine("no onboarding-agent runs here");
            return false;
        }

        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.AgentStatus));
        }
        else
        {
            Print(status);
        }

        return status.State == LifeState.Joined;
    }

    private void Print(AgentStatus status)
    {
        Line("State", $"{status.State} since {Text(status.Since)}");
        Line("Group", status.Group);
        Line("Name", status.Name ?? "-");
        Line("Last heartbeat", Text(status.LastHeartbeat));
        Line("Token expires", $"{Text(status.TokenExpiresAt)}, renewed after {Text(status.TokenRenewedAfter)}");
        Line("Boot bundle", status.BundleRevision ?? "-");
        Line("Clock", FormattableString.Invariant($"the endpoint's is {status.ClockDifferenceSeconds ?? 0:+0.0;-0.0;0.0} s from this machine's"));
        Line("Agent", FormattableString.Invariant($"{status.Version}, process {status.Process}"));
        foreach (var (duty, text) in status.Failing)
        {
            Line("Failing", $"{duty}: {text}");
        }

        if (status.LastError is { } error)
        {
            Line("Last error", $"{Text(error.At)} {error.Text}");
        }
    }

    private void Line(string name, string text) => output.WriteLine($"{name + ":",-16} {text}");

    private static string Text(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : "-";
}
