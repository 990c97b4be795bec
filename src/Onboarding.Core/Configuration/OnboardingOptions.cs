using System.Collections.Immutable;
using System.Net;

namespace Onboarding.Core.Configuration;

/// <summary><c>spec.meshExpansion</c> of a ControlPlane, validated and with its defaults.</summary>
public sealed record OnboardingOptions
{
    /// <summary>What VMs dial instead of the vmgateway; null: the Service <c>vmgateway</c>.</summary>
    public GatewayOptions? CustomGateway { get; init; }

    /// <summary><c>onboarding.uid</c>: the audience credentials must be issued for; null: made once by the host.</summary>
    public string? Uid { get; init; }

    /// <summary><c>onboarding.endpoint.hosts</c>: at least one DNS name or address that the certificate covers.</summary>
    public required ImmutableArray<string> EndpointHosts { get; init; }

    /// <summary><c>onboarding.endpoint.secretName</c>: the TLS secret.</summary>
    public required string TlsSecretName { get; init; }

    /// <summary><c>onboarding.endpoint.clientAddress</c>: where a connection's address is read.</summary>
    public ClientAddressOptions ClientAddress { get; init; } = new();

    /// <summary><c>onboarding.tokenIssuer.jwt.expiration</c>: validity of onboarding tokens.</summary>
    /// <value>1 h.</value>
    public TimeSpan TokenExpiration { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>onboarding.localRepository</c>: whether <c>/install</c> is served.</summary>
    public bool LocalRepository { get; init; }

    /// <summary><c>onboarding.workloads</c>.</summary>
    public WorkloadsOptions Workloads { get; init; } = new();
}

/// <summary><c>customGateway</c>.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">Its port for istiod; null: 15012.</param>
public sealed record GatewayOptions(string Host, int? Port = null);

/// <summary><c>onboarding.endpoint.clientAddress</c>.</summary>
public sealed record ClientAddressOptions
{
    /// <summary>Where the address is read.</summary>
    public ClientAddressSource From { get; init; }

    /// <summary>Networks whose word about it is taken.</summary>
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];
}

/// <summary>Where a client's address is read.</summary>
public enum ClientAddressSource
{
    /// <summary>The connection's peer.</summary>
    Connection,

    /// <summary>The PROXY protocol's header.</summary>
    ProxyProtocol,

    /// <summary>The header <c>X-Forwarded-For</c>.</summary>
    XForwardedFor,
}
