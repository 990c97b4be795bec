using System.Net;

namespace Onboarding.Agent.Endpoint;

/// <summary>Makes the handler that connects to the endpoint: no redirects, no cookies, no decompression, bounded headers.</summary>
internal static class EndpointHandler
{
    public static SocketsHttpHandler Create(EndpointTarget target, ServerTrust trust) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = ReplyBounds.HeadersKib,
        MaxConnectionsPerServer = 2,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        KeepAlivePingDelay = TimeSpan.FromSeconds(20),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        // HTTPS_PROXY and NO_PROXY count: what goes through a proxy is TLS from end to end. Without TLS there is none.
        UseProxy = target.UsesTls,
        SslOptions = trust.Options(),
    };
}
