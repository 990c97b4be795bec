using System.Text.Json;
using System.Text.Json.Serialization;
using Onboarding.Core.Audit;

namespace Onboarding.Endpoint.Telemetry.Audit;

/// <summary>The JSON of the audit stream.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = false)]
[JsonSerializable(typeof(AuditRecord))]
internal sealed partial class AuditJson : JsonSerializerContext;
