using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Where the endpoint listens; with port 0 in the settings, the ports that the system chose are known once it has started.</summary>
public sealed class EndpointListeners
{
    private readonly Dictionary<ListenerKind, ListenOptions> bound = [];

    /// <summary>The API.</summary>
    public IPEndPoint Api => Of(ListenerKind.Api);

    /// <summary>The package repository.</summary>
    public IPEndPoint Packages => Of(ListenerKind.Packages);

    /// <summary>The operators' port.</summary>
    public IPEndPoint Operators => Of(ListenerKind.Operators);

    internal void Add(ListenerKind kind, ListenOptions options) => bound[kind] = options;

    private IPEndPoint Of(ListenerKind kind) =>
        bound.TryGetValue(kind, out var options) && options.IPEndPoint is { } address
            ? address
            : throw new InvalidOperationException("the endpoint has not started");
}
