using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>Reads WorkloadAutoRegistrations back. Leniently: a newer release may have written them.</summary>
public static class WorkloadAutoRegistrationReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "WorkloadAutoRegistration";

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static WorkloadAutoRegistration? Read(YamlDocument document, ProblemList problems) =>
        ResourceReader.Read(document, FieldRules.Lenient, problems, Read);

    private static WorkloadAutoRegistration? Read(FieldReader reader)
    {
        var metadata = ObjectMetaReader.Read(reader);
        var group = ReadGroup(reader, metadata);
        var spec = reader.RequiredMapping("spec");
        var identity = spec is null ? null : ReadIdentity(spec);
        var registration = spec is null ? null : ReadRegistration(spec);
        var status = reader.Mapping("status");
        var conditions = status?.Mappings("conditions").Select(ReadCondition).ToImmutableArray() ?? [];
        var connectedTo = status?.Mapping("activeAgentConnection")?.Text("connectedTo");
        return identity is null || registration is null
            ? null
            : new WorkloadAutoRegistration(metadata, group, identity, registration, conditions, connectedTo);
    }

    private static string ReadGroup(FieldReader reader, ObjectMeta metadata)
    {
        var owners = reader.Mapping("metadata", FieldRules.Lenient)?.Mappings("ownerReferences") ?? [];
        var owner = owners.FirstOrDefault(candidate => candidate.Text("kind") is WorkloadGroupReader.Kind)?.Text("name");
        var group = owner ?? metadata.Annotations.GetValueOrDefault(WellKnownMetadata.GroupAnnotation);
        if (group is null)
        {
            reader.Report("metadata", $"names no WorkloadGroup: neither an owner reference nor the annotation {WellKnownMetadata.GroupAnnotation}");
        }

        return group ?? "";
    }

    private static WorkloadIdentity? ReadIdentity(FieldReader spec)
    {
        if (spec.RequiredMapping("identity") is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(spec.Json("identity")!.ToJsonString());
            return WorkloadIdentityJson.Read(json.RootElement, "spec.identity");
        }
        catch (JsonException e)
        {
            spec.Report("identity", e.Message);
            return null;
        }
    }

    private static Registration? ReadRegistration(FieldReader spec)
    {
        if (spec.RequiredMapping("registration") is null)
        {
            return null;
        }

        try
        {
            return spec.Json("registration").Deserialize(ProtocolJson.Default.Registration);
        }
        catch (JsonException e)
        {
            spec.Report("registration", $"is no registration: {e.Message}");
            return null;
        }
    }

    private static Condition ReadCondition(FieldReader reader)
    {
        var changed = reader.RequiredText("lastTransitionTime");
        if (!DateTimeOffset.TryParse(changed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            reader.Report("lastTransitionTime", "must be a time such as 2026-01-31T12:00:00Z");
        }

        return new Condition(reader.RequiredText("type"), reader.RequiredText("status"), reader.Text("reason") ?? "", reader.Text("message") ?? "", time);
    }
}
