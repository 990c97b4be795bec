using System.Net;
using Onboarding.Protocol;

namespace Onboarding.Cli.Load;

/// <summary>What a load test is to do.</summary>
/// <param name="Group">The group that all join.</param>
/// <param name="Workloads">How many.</param>
/// <param name="Concurrency">How many calls are under way at most, each on a connection of its own.</param>
internal sealed record LoadSettings(WorkloadGroupReference Group, int Workloads, int Concurrency)
{
    public const string DefaultIssuer = "https://load.example";
    public const string DefaultAddresses = "10.0.0.0/8";

    /// <summary>Workloads that begin to join in a second; null: all at once.</summary>
    public double? JoinsPerSecond { get; init; }

    /// <summary>Whether workloads leave and join anew.</summary>
    public bool Churns { get; init; }

    /// <summary>Whether workloads stay registered when the test ends.</summary>
    public bool Stays { get; init; }

    /// <summary>How long to go on; zero: until all have joined.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Interval of heartbeats; null: the endpoint's.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>Interval of renewals; null: as the endpoint says.</summary>
    public TimeSpan? RenewalInterval { get; init; }

    /// <summary>Where the workloads' addresses are from.</summary>
    public IPNetwork Addresses { get; init; } = IPNetwork.Parse(DefaultAddresses);
}
