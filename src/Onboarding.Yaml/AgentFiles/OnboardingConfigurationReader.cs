using System.Net;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.AgentFiles;

/// <summary>Reads an <see cref="OnboardingConfiguration"/>.</summary>
public static class OnboardingConfigurationReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "OnboardingConfiguration";

    /// <summary>Most labels that an agent may add.</summary>
    private const int MaxLabels = 16;

    /// <summary>Reads a file's or a variable's text; null: it has errors, which are reported.</summary>
    public static OnboardingConfiguration? Read(string text, string file, ProblemList problems) =>
        AgentFile.Read(YamlParser.Parse(text, file, YamlLimits.Configuration), file, problems, Read);

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static OnboardingConfiguration? Read(YamlDocument document, ProblemList problems) =>
        AgentFile.Read(document, Kind, problems, Read);

    private static OnboardingConfiguration Read(FieldReader reader)
    {
        var endpoint = reader.RequiredMapping("onboardingEndpoint");
        var group = reader.RequiredMapping("workloadGroup");
        var labels = reader.Mapping("workload")?.TextMap("labels", KubernetesName.CheckLabelPair);
        if (labels?.Count > MaxLabels)
        {
            reader.Report("workload", $"must have at most {MaxLabels} labels");
        }

        var configuration = new OnboardingConfiguration
        {
            Endpoint = endpoint is null ? new EndpointConfiguration { Host = "" } : ReadEndpoint(endpoint),
            GroupNamespace = group?.RequiredText("namespace", KubernetesName.CheckLabel) ?? "",
            GroupName = group?.RequiredText("name", KubernetesName.CheckSubdomain) ?? "",
            ConnectedOver = reader.Mapping("settings")?.Choice("connectedOver", ("VPC", ConnectedOver.Vpc), ("INTERNET", ConnectedOver.Internet)) ?? default,
        };
        return labels is null ? configuration : configuration with { Labels = labels };
    }

    private static EndpointConfiguration ReadEndpoint(FieldReader reader)
    {
        var configuration = new EndpointConfiguration { Host = reader.RequiredText("host", CheckHost), Uid = reader.Text("uid", CheckNotEmpty) };
        if (reader.Number("port", 1, 65535) is { } port)
        {
            configuration = configuration with { Port = port };
        }

        if (reader.Mapping("transportSecurity") is not { } security)
        {
            return configuration;
        }

        var chosen = security.OneOf(required: false, "tls", "none");
        security.Mapping("none");
        return configuration with { Tls = chosen is "none" ? null : ReadTls(security.Mapping("tls")) };
    }

    private static TlsConfiguration ReadTls(FieldReader? reader)
    {
        if (reader is null)
        {
            return new TlsConfiguration();
        }

        var skipsVerification = reader.Flag("insecureSkipVerify") ?? false;
        if (skipsVerification)
        {
            reader.Warn("insecureSkipVerify", "anybody can pretend to be the endpoint; not for production");
        }

        return new TlsConfiguration(reader.Text("sni", CheckHost), skipsVerification, reader.Text("caFile", CheckNotEmpty));
    }

    private static string? CheckNotEmpty(string text) => text.Length == 0 ? "must not be empty" : null;

    private static string? CheckHost(string text) =>
        IPAddress.TryParse(text, out _) || (Uri.CheckHostName(text) == UriHostNameType.Dns && KubernetesName.CheckSubdomain(text.ToLowerInvariant()) is null)
            ? null
            : "must be a host name or an IP address, without scheme, brackets and port";
}
