namespace Onboarding.Agent.Sidecar;

/// <summary>Where the sidecar writes. Its files are its own, not pipes to the agent, so that it outlives a restart of the agent.</summary>
internal sealed class SidecarOutput
{
    private const string Inherited = "/dev/stdout";
    private const string InheritedError = "/dev/stderr";

    /// <param name="standardOutput">A file, or <c>/dev/stdout</c> or <c>/dev/stderr</c> for the agent's own.</param>
    /// <param name="standardError">Likewise.</param>
    public SidecarOutput(string standardOutput, string standardError)
    {
        StandardOutput = Path.GetFullPath(standardOutput);
        StandardError = Path.GetFullPath(standardError);
        // The agent's own may be sockets, which cannot be opened by name: they are inherited. Copies come before files.
        var copies = (StandardOutput == InheritedError ? " >&2" : "") + (StandardError == Inherited ? " 2>&1" : "");
        var opened = (IsFile(StandardOutput) ? " >>\"$1\"" : "") + (IsFile(StandardError) ? " 2>>\"$2\"" : "");
        Script = $"exec \"$0\" </dev/null{copies}{opened}";
    }

    /// <summary>The file for standard output.</summary>
    public string StandardOutput { get; }

    /// <summary>The file for standard error.</summary>
    public string StandardError { get; }

    /// <summary>A line of shell that becomes the program <c>$0</c> with its output in <c>$1</c> and <c>$2</c>.</summary>
    public string Script { get; }

    private static bool IsFile(string path) => path is not (Inherited or InheritedError);
}
