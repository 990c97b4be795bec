using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources.Reading;
using Onboarding.Protocol;

namespace Onboarding.Core.Resources.Writing;

/// <summary>Writes WorkloadAutoRegistrations.</summary>
public static class WorkloadAutoRegistrationJson
{
    /// <summary>The version.</summary>
    public const string ApiVersion = "runtime.onboarding.tetrate.io/v1alpha1";

    /// <summary>The object's JSON. The group is an annotation: an owner reference needs the API server's uid of the group.</summary>
    public static JsonObject ToJson(WorkloadAutoRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var metadata = registration.Metadata with
        {
            Annotations = registration.Metadata.Annotations.SetItem(WellKnownMetadata.GroupAnnotation, registration.Group),
        };
        var json = ObjectMetaJson.Frame(ApiVersion, WorkloadAutoRegistrationReader.Kind, metadata);
        json["spec"] = new JsonObject
        {
            ["identity"] = IdentityOf(registration.Identity),
            ["registration"] = JsonSerializer.SerializeToNode(registration.Registration, ProtocolJson.Default.Registration),
        };
        json["status"] = StatusOf(registration);
        return json;
    }

    private static JsonNode? IdentityOf(WorkloadIdentity identity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WorkloadIdentityJson.Write(writer, identity);
        }

        return JsonNode.Parse(buffer.ToArray());
    }

    private static JsonObject StatusOf(WorkloadAutoRegistration registration)
    {
        var status = new JsonObject { ["conditions"] = new JsonArray([.. registration.Conditions.Select(ToJson)]) };
        if (registration.ConnectedTo is { } instance)
        {
            status["activeAgentConnection"] = new JsonObject { ["connectedTo"] = instance };
        }

        return status;
    }

    /// <summary>Times have whole seconds, as Kubernetes' own.</summary>
    private static JsonObject ToJson(Condition condition) => new()
    {
        ["type"] = condition.Type,
        ["status"] = condition.Status,
        ["reason"] = condition.Reason,
        ["message"] = condition.Message,
        ["lastTransitionTime"] = condition.LastTransitionTime.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
