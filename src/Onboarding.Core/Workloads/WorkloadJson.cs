using System.Text.Json;
using System.Text.Json.Serialization;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Commands;

namespace Onboarding.Core.Workloads;

/// <summary>The JSON of workloads, their effects, commands and replies: stored, and between silos.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Workload))]
[JsonSerializable(typeof(WorkloadEffect))]
[JsonSerializable(typeof(WorkloadCommand))]
[JsonSerializable(typeof(OpenReply))]
[JsonSerializable(typeof(CallReply))]
[JsonSerializable(typeof(EndReply))]
[JsonSerializable(typeof(AdoptReply))]
[JsonSerializable(typeof(Description))]
[JsonSerializable(typeof(GiveWayReply))]
[JsonSerializable(typeof(WorkloadEntry))]
internal sealed partial class WorkloadJson : JsonSerializerContext;
