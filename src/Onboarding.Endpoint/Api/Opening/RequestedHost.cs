using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>
/// The name by which a client says it reached us: the server name of its TLS handshake, which is what it looked for in the certificate, else the
/// request's <c>Host</c> (a handshake names no addresses).
/// </summary>
internal static class RequestedHost
{
    /// <summary>The name, without port and brackets; null: there is none.</summary>
    public static string? Of(HttpContext http) =>
        http.Features.Get<ITlsHandshakeFeature>() is { HostName: { Length: > 0 } name } ? name
        : http.Request.Host is { HasValue: true, Host: var host } ? host.Trim('[', ']')
        : null;
}
