using System.Text.Json;
using Onboarding.Agent.Files;

namespace Onboarding.Agent.Status;

/// <summary>Where a running agent writes how it stands: gone with a reboot, for root and the agent's user only.</summary>
internal sealed class StatusFile(RootedFiles files)
{
    /// <summary>The file, as seen from the root.</summary>
    public const string Path = "/run/onboarding-agent/status.json";

    /// <summary>What was written last; null: nothing that can be read.</summary>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public AgentStatus? Read()
    {
        try
        {
            return files.Read(Path) is { } content ? JsonSerializer.Deserialize(content, StatusJson.Default.AgentStatus) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it. That it cannot be written is no reason to do anything else differently.</summary>
    public void Write(AgentStatus status)
    {
        try
        {
            files.Write(Path, JsonSerializer.SerializeToUtf8Bytes(status, StatusJson.Default.AgentStatus), new FileForm(FileForm.PrivateFile));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full or read-only /run.
        }
    }
}
