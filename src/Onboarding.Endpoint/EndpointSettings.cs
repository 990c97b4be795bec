using System.Net;

namespace Onboarding.Endpoint;

/// <summary>What a host decides about its endpoint; what operators decide is in the ControlPlane configuration.</summary>
public sealed record EndpointSettings
{
    /// <summary>Directory with <c>tls.crt</c>, <c>tls.key</c> and perhaps <c>ca.crt</c>; reread when they change.</summary>
    public required string TlsDirectory { get; init; }

    /// <summary>Where the API listens.</summary>
    /// <value><c>[::]:15443</c>.</value>
    public IPEndPoint ApiAddress { get; init; } = new(IPAddress.IPv6Any, 15443);

    /// <summary>Where the package repository listens.</summary>
    /// <value><c>[::]:443</c>.</value>
    public IPEndPoint PackagesAddress { get; init; } = new(IPAddress.IPv6Any, 443);

    /// <summary>Where the operators' port listens: plain HTTP, read-only.</summary>
    /// <value><c>127.0.0.1:9082</c>.</value>
    public IPEndPoint OperatorsAddress { get; init; } = new(IPAddress.Loopback, 9082);

    /// <summary>Path of the administrators' Unix socket, in a directory that is the owner's alone; null: there is none.</summary>
    public string? AdminSocket { get; init; }

    /// <summary>File that the audit stream is appended to; null: standard output, which nothing else writes to.</summary>
    public string? AuditFile { get; init; }

    /// <summary>Bounds on what clients may do.</summary>
    public EndpointLimits Limits { get; init; } = new();
}
