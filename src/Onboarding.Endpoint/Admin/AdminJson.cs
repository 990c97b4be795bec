using System.Text.Json;
using System.Text.Json.Serialization;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Workloads;
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
internal sealed partial class AdminJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /v1/workloads</c>.</summary>
/// <param name="Items">The workloads, by namespace and name.</param>
internal sealed record WorkloadList(IReadOnlyList<WorkloadSummary> Items);

/// <summary>Body of <c>POST /v1/policies/explain</c>.</summary>
/// <param name="Identity">The identity, as in <c>spec.identity</c> of a WorkloadAutoRegistration.</param>
/// <param name="WorkloadGroup">The group.</param>
internal sealed record ExplainRequest(WorkloadIdentity Identity, WorkloadGroupReference WorkloadGroup);
