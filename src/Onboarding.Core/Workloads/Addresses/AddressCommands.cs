using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>A command to an <see cref="Address"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(ClaimAddress), "claim")]
[JsonDerivedType(typeof(ReleaseAddress), "release")]
internal abstract record AddressCommand;

/// <summary>Claims an address for a workload.</summary>
/// <param name="Workload">The workload's key.</param>
/// <param name="Basis">What speaks for it.</param>
/// <param name="Displaced">The identity that gives way, where that was settled.</param>
internal sealed record ClaimAddress(string Workload, AddressBasis Basis, string? Displaced = null) : AddressCommand, ICommand<Address, ClaimReply>
{
    /// <inheritdoc/>
    public Decision<Address, ClaimReply> Decide(Address state, DateTimeOffset now)
    {
        var identity = Address.IdentityOf(Workload);
        if (state.Identity is { } holder && holder != identity && holder != Displaced)
        {
            return state.Keep(new ClaimReply(IsGranted: false) { Holder = holder, Workloads = state.Workloads, Basis = state.Basis, ClaimedAt = state.ClaimedAt });
        }

        var held = state.Identity == identity ? state : new Address { Identity = identity, Basis = Basis };
        var isNew = !held.Workloads.Contains(Workload, StringComparer.Ordinal);
        var next = held with
        {
            Workloads = isNew ? held.Workloads.Add(Workload) : held.Workloads,
            Basis = Basis > held.Basis ? Basis : held.Basis,
            ClaimedAt = now,
        };
        var reply = new ClaimReply(IsGranted: true) { IsNew = isNew };
        return isNew || next.Basis != held.Basis ? next.Store(reply) : next.Remember(reply);
    }
}

/// <summary>Gives an address up for a workload.</summary>
/// <param name="Workload">The workload's key.</param>
internal sealed record ReleaseAddress(string Workload) : AddressCommand, ICommand<Address, ClaimReply>
{
    /// <inheritdoc/>
    public Decision<Address, ClaimReply> Decide(Address state, DateTimeOffset now)
    {
        var left = state.Workloads.Remove(Workload, StringComparer.Ordinal);
        return left.Length == state.Workloads.Length ? state.Keep(new ClaimReply(IsGranted: false))
            : left.IsEmpty ? new Address().Store(new ClaimReply(IsGranted: false))
            : (state with { Workloads = left }).Store(new ClaimReply(IsGranted: false));
    }
}

/// <summary>Whether an address was granted; if not, who holds it.</summary>
internal sealed record ClaimReply(bool IsGranted)
{
    /// <summary>Whether the workload did not hold it before.</summary>
    public bool IsNew { get; init; }

    /// <summary>The identity that holds it.</summary>
    public string? Holder { get; init; }

    /// <summary>The holder's workloads.</summary>
    public ImmutableArray<string> Workloads { get; init; } = [];

    /// <summary>What speaks for the holder.</summary>
    public AddressBasis Basis { get; init; }

    /// <summary>When it was claimed last.</summary>
    public DateTimeOffset ClaimedAt { get; init; }
}

/// <summary>The JSON of addresses, their commands and replies: stored, and between silos.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(AddressCommand))]
[JsonSerializable(typeof(ClaimReply))]
internal sealed partial class AddressJson : JsonSerializerContext;
