using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>An address in a network and its one holder: an identity, which may hold it in several groups. Its key is <c>&lt;network&gt;/&lt;ip&gt;</c>.</summary>
internal sealed record Address : IEntity<Address>
{
    /// <summary>The stored form.</summary>
    public static EntityCodec<Address> Codec { get; } = new("address", 1, AddressJson.Default.Address);

    /// <summary>Its commands and replies between processes.</summary>
    public static EntityMessages<Address> Messages { get; } = new(AddressJson.Default.AddressCommand);

    /// <summary>The holder: the digest that ends its workloads' keys; null: nobody.</summary>
    public string? Identity { get; init; }

    /// <summary>The best that speaks for the holder.</summary>
    public AddressBasis Basis { get; init; }

    /// <summary>Keys of the holder's workloads that have it.</summary>
    public ImmutableArray<string> Workloads
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>When it was claimed last.</summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public bool IsAbsent => Identity is null;

    /// <inheritdoc/>
    [JsonIgnore]
    public DateTimeOffset? Deadline => null;

    /// <summary>The key of an address.</summary>
    public static string KeyOf(string network, string ip) => $"{network}/{ip}";

    /// <summary>The identity of a workload, whatever its group: the digest that ends its key.</summary>
    public static string IdentityOf(string workload) => WorkloadKey.DigestOf(workload);

    /// <inheritdoc/>
    public static Address Absent(string key) => new();

    /// <inheritdoc/>
    public Decision<Address> OnDeadline(DateTimeOffset now) => this.Keep();

    /// <inheritdoc/>
    public Address Resumed(DateTimeOffset now) => this;
}
