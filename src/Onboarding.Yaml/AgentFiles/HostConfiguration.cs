using System.Collections.Immutable;

namespace Onboarding.Yaml.AgentFiles;

/// <summary><c>host</c> of an AgentConfiguration: what kind of machine this is.</summary>
public abstract record HostConfiguration;

/// <summary><c>auto</c>: ECS before EC2; where it is neither the agent refuses to start and names <c>host.custom</c>.</summary>
public sealed record AutoHost : HostConfiguration;

/// <summary><c>aws.ec2</c>.</summary>
public sealed record Ec2Host : HostConfiguration;

/// <summary><c>aws.ecs</c>.</summary>
public sealed record EcsHost : HostConfiguration;

/// <summary><c>custom</c>.</summary>
/// <param name="Credentials">Sources of credentials, at least one, tried in order.</param>
/// <param name="HostInfo">Source of the host's addresses.</param>
public sealed record CustomHost(ImmutableArray<CredentialSource> Credentials, HostInfoSource HostInfo) : HostConfiguration;

/// <summary>A source of credentials.</summary>
public abstract record CredentialSource;

/// <summary>A credential plugin.</summary>
/// <param name="Plugin">The plugin.</param>
public sealed record CredentialPlugin(PluginConfiguration Plugin) : CredentialSource;

/// <summary>A command whose standard output is the bare token.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Args">Its arguments.</param>
public sealed record CredentialCommand(string Path, ImmutableArray<string> Args) : CredentialSource;

/// <summary>A source of the host's addresses.</summary>
public abstract record HostInfoSource;

/// <summary>A host-information plugin.</summary>
/// <param name="Plugin">The plugin.</param>
public sealed record HostInfoPlugin(PluginConfiguration Plugin) : HostInfoSource;

/// <summary>The machine's own network interfaces.</summary>
/// <param name="Include">Expressions of names, RE2's syntax, unanchored; empty: the usual ones.</param>
/// <param name="Exclude">The same, of names that are left out.</param>
public sealed record BasicHostInfo(ImmutableArray<string> Include, ImmutableArray<string> Exclude) : HostInfoSource;

/// <summary>A plugin: an executable, one process per call.</summary>
/// <param name="Name">Its name: lower-case letters, digits and <c>-</c>.</param>
/// <param name="Path">The executable; null: <c>onboarding-agent-&lt;name&gt;-plugin</c> on PATH.</param>
/// <param name="Env">Its environment.</param>
/// <param name="Args">Its arguments.</param>
public sealed record PluginConfiguration(
    string Name,
    string? Path,
    ImmutableSortedDictionary<string, string> Env,
    ImmutableArray<string> Args);
