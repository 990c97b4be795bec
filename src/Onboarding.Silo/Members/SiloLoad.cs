using System.Text.Json;
using System.Text.Json.Serialization;
using Onboarding.Core.Operators;

namespace Onboarding.Silo.Members;

/// <summary>What one silo carries.</summary>
/// <param name="Activations">How many activations it has, by kind of grain.</param>
/// <param name="Agents">How many agents it serves.</param>
internal sealed record SiloLoad(SortedDictionary<string, int> Activations, int Agents);

/// <summary>The JSON of members, between silos and for operators.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SiloLoad))]
[JsonSerializable(typeof(ClusterReport))]
internal sealed partial class MembersJson : JsonSerializerContext;
