using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Identity;

/// <summary>Identities in the form of <see cref="WorkloadIdentityJson"/>.</summary>
public sealed class WorkloadIdentityJsonConverter : JsonConverter<WorkloadIdentity>
{
    /// <inheritdoc/>
    public override WorkloadIdentity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return WorkloadIdentityJson.Read(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WorkloadIdentity value, JsonSerializerOptions options) =>
        WorkloadIdentityJson.Write(writer, value);
}
