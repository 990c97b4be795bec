using System.Text.Json.Serialization;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads;

/// <summary>What a <see cref="Workload"/> has done outside.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WriteRegistration), "write")]
[JsonDerivedType(typeof(RemoveRegistration), "remove")]
[JsonDerivedType(typeof(AskForRemoval), "askForRemoval")]
[JsonDerivedType(typeof(DropSession), "dropSession")]
[JsonDerivedType(typeof(HoldAddress), "holdAddress")]
[JsonDerivedType(typeof(DropAddress), "dropAddress")]
internal abstract record WorkloadEffect : Effect;

/// <summary>Writes the registration and its entry as they stand when it is done.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> that asked for it.</param>
internal sealed record WriteRegistration(long Revision) : WorkloadEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => "registration";
}

/// <summary>Removes a registration and its entry, unless the workload is registered under that name again.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Epoch">The epoch it was held with.</param>
/// <param name="Reason">Why, for the audit stream.</param>
/// <param name="IsBraked">Whether the brake has granted it, and is told when it is done.</param>
internal sealed record RemoveRegistration(
    string Name,
    long Epoch,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsBraked = false) : WorkloadEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => $"registration/{Name}";
}

/// <summary>Asks whether the registration may go now that its lease has run out, and comes back with a command.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> that asked for it.</param>
internal sealed record AskForRemoval(long Revision) : WorkloadEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => "removal";
}

/// <summary>Deletes a session that has ended.</summary>
/// <param name="Session">Its key.</param>
internal sealed record DropSession(string Session) : WorkloadEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => $"session/{Session}";
}

/// <summary>Makes sure that the address it has is held: it may have been given up while it was claimed anew, or its row been lost.</summary>
/// <param name="Address">Key of the address.</param>
internal sealed record HoldAddress(string Address) : WorkloadEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => $"address/{Address}";
}

/// <summary>Gives an address up that it no longer has.</summary>
/// <param name="Address">Key of the address.</param>
internal sealed record DropAddress(string Address) : WorkloadEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => $"address/{Address}";
}
