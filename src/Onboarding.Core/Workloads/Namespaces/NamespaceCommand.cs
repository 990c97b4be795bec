using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>A command to a <see cref="PolicyNamespace"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(AskRemoval), "askRemoval")]
[JsonDerivedType(typeof(NoteRemoved), "noteRemoved")]
[JsonDerivedType(typeof(TakeTurn), "takeTurn")]
[JsonDerivedType(typeof(EndTurn), "endTurn")]
[JsonDerivedType(typeof(DescribeGroup), "describeGroup")]
internal abstract record NamespaceCommand
{
    /// <summary>The group it is about.</summary>
    public required string Group { get; init; }
}

/// <summary>Whether something was changed by the command; if not, it had been done before, or there was nothing to do.</summary>
internal sealed record NoteReply(bool IsDone);

/// <summary>The JSON of namespaces, their commands and replies: stored, and between silos.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(PolicyNamespace))]
[JsonSerializable(typeof(NamespaceCommand))]
[JsonSerializable(typeof(RemovalReply))]
[JsonSerializable(typeof(TurnReply))]
[JsonSerializable(typeof(NoteReply))]
[JsonSerializable(typeof(GroupReply))]
internal sealed partial class NamespaceJson : JsonSerializerContext;
