using System.Collections.Immutable;
using System.Globalization;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Configuration.Reading;

/// <summary>Reads <c>onboarding.workloads</c>.</summary>
internal static class WorkloadsOptionsReader
{
    public static WorkloadsOptions Read(FieldReader? reader, string? uid)
    {
        var defaults = new WorkloadsOptions();
        if (reader is null)
        {
            return defaults;
        }

        var authentication = reader.Mapping("authentication");
        var deregistration = reader.Mapping("deregistration");
        var options = defaults with
        {
            JwtIssuers = JwtIssuerReader.Read(authentication?.Mapping("jwt"), uid),
            Aws = ReadAws(authentication?.Mapping("aws")),
            PropagationDelay = deregistration?.Duration("propagationDelay", TimeSpan.Zero) ?? defaults.PropagationDelay,
            GracePeriod = deregistration?.Duration("gracePeriod", TimeSpan.Zero) ?? defaults.GracePeriod,
            HeartbeatInterval = reader.Duration("heartbeatInterval", Bounds.ShortestHeartbeat) ?? defaults.HeartbeatInterval,
            AuthorizationWithdrawalDelay = reader.Duration("authorizationWithdrawalDelay", TimeSpan.Zero) ?? defaults.AuthorizationWithdrawalDelay,
            Brake = ReadBrake(deregistration?.Mapping("brake"), defaults.Brake),
            Rollout = ReadRollout(reader.Mapping("rollout"), defaults.Rollout),
            MaxSessionLifetime = reader.Duration("maxSessionLifetime", Bounds.Shortest) ?? defaults.MaxSessionLifetime,
            DuplicateIdentity = reader.Choice("duplicateIdentity", ("Reject", DuplicateIdentity.Reject), ("Replace", DuplicateIdentity.Replace)) ?? default,
            TrustedAddresses = reader.Mapping("addresses") is { } addresses ? OptionChecks.Networks(addresses, "trusted") : [],
            AgentLabels = reader.Choice("agentLabels", ("Additive", AgentLabels.Additive), ("TemplateOnly", AgentLabels.TemplateOnly)) ?? default,
            MaxPolicyAge = reader.Duration("maxPolicyAge", Bounds.Shortest) ?? defaults.MaxPolicyAge,
            Denied = [.. reader.Mappings("denied").Select(DeniedWorkloadReader.Read)],
        };
        CheckAgentsLimits(reader, deregistration, options);
        return options;
    }

    /// <summary>What an agent does not believe must not be configured.</summary>
    private static void CheckAgentsLimits(FieldReader reader, FieldReader? deregistration, WorkloadsOptions options)
    {
        if (options.HeartbeatInterval > Bounds.LongestHeartbeat)
        {
            reader.Report("heartbeatInterval", "must be at most 10m");
        }

        if (options.PropagationDelay > Bounds.LongestPropagationDelay)
        {
            deregistration?.Report("propagationDelay", "must be at most 60s");
        }
        else if (options.PropagationDelay >= Bounds.LongPropagationDelay)
        {
            deregistration?.Warn("propagationDelay", "systemd and ECS may kill the agent before that; keep it below 15s");
        }
    }

    private static BrakeOptions ReadBrake(FieldReader? reader, BrakeOptions defaults) => new()
    {
        MaxPercent = reader?.Number("maxPercent", 0, 100) ?? defaults.MaxPercent,
        Window = reader?.Duration("window", Bounds.Shortest) ?? defaults.Window,
    };

    private static RolloutOptions ReadRollout(FieldReader? reader, RolloutOptions defaults) => new()
    {
        MaxUnavailable = reader is null ? defaults.MaxUnavailable : ReadMaxUnavailable(reader) ?? defaults.MaxUnavailable,
        OnMeshConfigChange = reader?.Choice("onMeshConfigChange", ("NextStart", MeshConfigChange.NextStart), ("Rolling", MeshConfigChange.Rolling)) ?? default,
    };

    /// <summary>Kubernetes' IntOrString.</summary>
    private static string? ReadMaxUnavailable(FieldReader reader)
    {
        if (reader.Node("maxUnavailable") is not { } node)
        {
            return null;
        }

        var text = node is YamlScalar { Kind: ScalarKind.Whole or ScalarKind.Text } scalar ? scalar.Text : "";
        var isPercentage = text.EndsWith('%');
        if (int.TryParse(isPercentage ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && (!isPercentage || value <= 100))
        {
            return text;
        }

        reader.Report("maxUnavailable", "must be a number from 1, or a percentage from 1% to 100%");
        return null;
    }

    private static AwsAuthenticationOptions? ReadAws(FieldReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var endpoints = reader.TextMap("stsEndpoints", OptionChecks.StsEndpoint);
        return new AwsAuthenticationOptions(
            PathResolution.Resolve(reader.File, reader.RequiredText("trustBundle")),
            endpoints.ToImmutableDictionary(entry => entry.Key, entry => new Uri(entry.Value), StringComparer.Ordinal));
    }
}
