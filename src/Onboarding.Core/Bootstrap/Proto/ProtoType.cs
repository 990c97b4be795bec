using System.Text.Json.Nodes;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>The type of a protobuf field, as far as its JSON form is concerned.</summary>
internal abstract class ProtoType
{
    /// <summary>Reads a value into its canonical JSON; null: it is of another type, which has been added to the problems.</summary>
    public abstract JsonNode? Read(JsonNode value, string path, ICollection<string> problems);

    /// <summary>Whether a canonical value is the default, which protobuf's JSON leaves out.</summary>
    public virtual bool IsDefault(JsonNode value) => false;
}
