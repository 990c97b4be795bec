using System.Text.Json.Nodes;
using Onboarding.Core.Resources.Reading;

namespace Onboarding.Core.Resources.Writing;

/// <summary>Writes WorkloadEntries.</summary>
public static class WorkloadEntryJson
{
    /// <summary>The version that is written to files.</summary>
    public const string ApiVersion = "networking.istio.io/v1";

    /// <summary>The object's JSON; what is empty is left out, the service account never.</summary>
    public static JsonObject ToJson(WorkloadEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var spec = new JsonObject { ["address"] = entry.Address, ["serviceAccount"] = entry.ServiceAccount };
        ObjectMetaJson.AddMap(spec, "labels", entry.Labels);
        if (entry.Network.Length > 0)
        {
            spec["network"] = entry.Network;
        }

        if (!entry.Ports.IsEmpty)
        {
            spec["ports"] = new JsonObject(entry.Ports.Select(port => KeyValuePair.Create(port.Key, (JsonNode?)JsonValue.Create(port.Value))));
        }

        if (entry.Locality.Length > 0)
        {
            spec["locality"] = entry.Locality;
        }

        if (entry.Weight > 0)
        {
            spec["weight"] = entry.Weight;
        }

        var json = ObjectMetaJson.Frame(ApiVersion, WorkloadEntryReader.Kind, entry.Metadata);
        json["spec"] = spec;
        return json;
    }
}
