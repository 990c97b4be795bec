using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Telemetry.Logs;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin;

/// <summary>The JSON of the administrators' socket.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(WorkloadList))]
[JsonSerializable(typeof(WorkloadDescription))]
[JsonSerializable(typeof(ExplainRequest))]
[JsonSerializable(typeof(PolicyExplanation))]
[JsonSerializable(typeof(LogLevelList))]
[JsonSerializable(typeof(SetLogLevelRequest))]
internal sealed partial class AdminJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /v1/workloads</c>.</summary>
/// <param name="Items">The workloads, by namespace and name.</param>
internal sealed record WorkloadList(IReadOnlyList<WorkloadSummary> Items);

/// <summary>Body of <c>POST /v1/policies/explain</c>.</summary>
/// <param name="Identity">The identity, as in <c>spec.identity</c> of a WorkloadAutoRegistration.</param>
/// <param name="WorkloadGroup">The group.</param>
internal sealed record ExplainRequest(WorkloadIdentity Identity, WorkloadGroupReference WorkloadGroup);

/// <summary>Answer about log levels.</summary>
/// <param name="Levels">What was set since the start, by the beginning of the category's name.</param>
internal sealed record LogLevelList(ImmutableSortedDictionary<string, LogLevel> Levels)
{
    public static LogLevelList Of(LogLevels levels) => new(levels.Current);
}

/// <summary>Body of <c>PUT /v1/log-levels</c>.</summary>
/// <param name="Category">The beginning of the categories' name, e.g. <c>Onboarding.Core</c>.</param>
/// <param name="Level">The least level that is logged; null: as it was at the start.</param>
internal sealed record SetLogLevelRequest(string Category, LogLevel? Level = null);
