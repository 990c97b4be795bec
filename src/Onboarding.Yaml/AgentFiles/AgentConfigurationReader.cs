using System.Collections.Immutable;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.AgentFiles;

/// <summary>Reads an <see cref="AgentConfiguration"/>.</summary>
public static class AgentConfigurationReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "AgentConfiguration";

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads a file's or a variable's text; null: it has errors, which are reported.</summary>
    public static AgentConfiguration? Read(string text, string file, ProblemList problems) =>
        AgentFile.Read(YamlParser.Parse(text, file, YamlLimits.Configuration), file, problems, Read);

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static AgentConfiguration? Read(YamlDocument document, ProblemList problems) =>
        AgentFile.Read(document, Kind, problems, Read);

    private static AgentConfiguration Read(FieldReader reader)
    {
        var configuration = new AgentConfiguration
        {
            Host = HostConfigurationReader.Read(reader.Mapping("host")),
            Sidecar = ReadSidecar(reader.Mapping("sidecar")),
        };
        return reader.Mapping("settings") is { } settings ? ReadSettings(settings, configuration) : configuration;
    }

    private static AgentConfiguration ReadSettings(FieldReader reader, AgentConfiguration configuration)
    {
        var connection = reader.Mapping("connection");
        var backoff = connection?.Mapping("retryPolicy")?.Mapping("exponentialBackoff");
        var settings = configuration with
        {
            HostsFile = reader.Choice("hostsFile", ("Manage", HostsFile.Manage), ("Leave", HostsFile.Leave)) ?? configuration.HostsFile,
            OnStop = reader.Choice("onStop", ("Leave", OnStop.Leave), ("Keep", OnStop.Keep)) ?? configuration.OnStop,
            Timeout = connection?.Duration("timeout", ShortestInterval) ?? configuration.Timeout,
            InitialInterval = backoff?.Duration("initialInterval", ShortestInterval) ?? configuration.InitialInterval,
            MaxInterval = backoff?.Duration("maxInterval", ShortestInterval) ?? configuration.MaxInterval,
        };
        if (settings.MaxInterval < settings.InitialInterval)
        {
            backoff?.Report(backoff.Has("maxInterval") ? "maxInterval" : "initialInterval", "initialInterval must not be longer than maxInterval");
        }

        return settings;
    }

    private static SidecarConfiguration ReadSidecar(FieldReader? reader)
    {
        var configuration = new SidecarConfiguration();
        if (reader is null)
        {
            return configuration;
        }

        var istio = reader.Mapping("istio");
        return configuration with
        {
            Revision = istio?.Text("revision", KubernetesName.CheckRevision) ?? configuration.Revision,
            Environment = istio?.Texts("environment", check: CheckVariable) ?? ImmutableArray<string>.Empty,
            StdoutFilename = reader.Mapping("stdout")?.RequiredText("filename") ?? configuration.StdoutFilename,
            StderrFilename = reader.Mapping("stderr")?.RequiredText("filename") ?? configuration.StderrFilename,
        };
    }

    private static string? CheckVariable(string text) =>
        char.IsAsciiLetterUpper(text[0]) && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '_')
            ? null
            : "must be the name of a variable: capital letters, digits and '_'";
}
