using System.Text.Json.Serialization;

namespace Onboarding.Core.Entities;

/// <summary>
/// Something to do outside after a decision was stored: at least once, in order, outside the entity's turn.
/// Each entity has an abstract record of its own below this one, whose <see cref="JsonDerivedTypeAttribute"/>s name its kinds.
/// </summary>
public abstract record Effect
{
    /// <summary>What it acts on: a newer effect on the same target replaces an older one that waits. An override repeats the <see cref="JsonIgnoreAttribute"/>, which is not inherited.</summary>
    [JsonIgnore]
    public abstract string Target { get; }
}
