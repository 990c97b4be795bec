namespace Onboarding.Agent.Unix;

/// <summary>Keeps credentials, tokens and keys out of core dumps, and other processes of the same user out of the agent's memory (prctl(2)).</summary>
internal static class CoreDumps
{
    public static void Forbid() => _ = LibC.ControlProcess(LibC.SetDumpable, 0);
}
