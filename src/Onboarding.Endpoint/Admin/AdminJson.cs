using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
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
[JsonSerializable(typeof(Suspension))]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(GroupDescription))]
[JsonSerializable(typeof(DeniedWorkload))]
[JsonSerializable(typeof(DenyListEdit))]
[JsonSerializable(typeof(ExplainRequest))]
[JsonSerializable(typeof(PolicyExplanation))]
[JsonSerializable(typeof(LogLevelList))]
[JsonSerializable(typeof(SetLogLevelRequest))]
internal sealed partial class AdminJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /v1/workloads</c>.</summary>
/// <param name="Items">The workloads, by namespace and name.</param>
internal sealed record WorkloadList(IReadOnlyList<WorkloadSummary> Items);

/// <summary>Body of <c>PUT /v1/workloads/…/suspension</c>, and its answer.</summary>
/// <param name="Reason">Why it is suspended; null: it may join again.</param>
internal sealed record Suspension(string? Reason = null);

/// <summary>Answer of <c>GET /v1/groups</c>.</summary>
/// <param name="Items">The groups, by namespace and name.</param>
internal sealed record GroupList(IReadOnlyList<GroupSummary> Items);

/// <summary>Answer of <c>POST</c> and <c>DELETE /v1/denied</c>.</summary>
/// <param name="IsChanged">Whether the list was not so before.</param>
/// <param name="Members">The registered workloads that the entry names.</param>
internal sealed record DenyListEdit(bool IsChanged, ImmutableArray<DeniedMember> Members);

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
