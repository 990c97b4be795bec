using System.Collections.Immutable;

namespace Onboarding.Yaml.AgentFiles;

/// <summary>An AgentConfiguration, <c>config.agent.onboarding.tetrate.io/v1alpha1</c>: what the package, or the VM's image, says.</summary>
public sealed record AgentConfiguration
{
    /// <summary><c>host</c>: what kind of machine this is.</summary>
    /// <value><see cref="AutoHost"/>.</value>
    public HostConfiguration Host { get; init; } = new AutoHost();

    /// <summary><c>sidecar</c>.</summary>
    public SidecarConfiguration Sidecar { get; init; } = new();

    /// <summary><c>settings.hostsFile</c>: whether <c>/etc/hosts</c> is kept up to date.</summary>
    /// <value><see cref="HostsFile.Manage"/>.</value>
    public HostsFile HostsFile { get; init; }

    /// <summary><c>settings.onStop</c>: what a stop means where neither systemd nor a handover says.</summary>
    /// <value><see cref="OnStop.Leave"/>.</value>
    public OnStop OnStop { get; init; }

    /// <summary><c>settings.connection.timeout</c>: of a plugin's call, at least 1 ms.</summary>
    /// <value>30 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>settings.connection.retryPolicy.exponentialBackoff.initialInterval</c>, at least 1 ms.</summary>
    /// <value>1 s.</value>
    public TimeSpan InitialInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>settings.connection.retryPolicy.exponentialBackoff.maxInterval</c>, not below <see cref="InitialInterval"/>.</summary>
    /// <value>15 s.</value>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Whether the agent keeps its block of <c>/etc/hosts</c>.</summary>
public enum HostsFile
{
    /// <summary>It does.</summary>
    Manage,

    /// <summary>It leaves the file alone.</summary>
    Leave,
}

/// <summary>What a stop of the agent means.</summary>
public enum OnStop
{
    /// <summary>The workload leaves the mesh.</summary>
    Leave,

    /// <summary>Registration and sidecar stay.</summary>
    Keep,
}

/// <summary><c>sidecar</c>.</summary>
public sealed record SidecarConfiguration
{
    /// <summary><c>istio.revision</c>, 1–56 characters.</summary>
    /// <value><c>default</c>.</value>
    public string Revision { get; init; } = "default";

    /// <summary><c>istio.environment</c>: further variables that the control plane may set for the sidecar.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary><c>stdout.filename</c>.</summary>
    /// <value><c>/dev/stdout</c>.</value>
    public string StdoutFilename { get; init; } = "/dev/stdout";

    /// <summary><c>stderr.filename</c>.</summary>
    /// <value><c>/dev/stderr</c>.</value>
    public string StderrFilename { get; init; } = "/dev/stderr";
}
