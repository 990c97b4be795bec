using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Onboarding.Endpoint.Api.Problems;

/// <summary>
/// Connection middleware that gives a body to what Kestrel refuses by itself, before there is a request that an application could answer
/// (a malformed request line or header, a header that is too large or comes too slowly): Kestrel has no hook for it.
/// </summary>
internal static class RejectionMiddleware
{
    /// <summary>As connection middleware, inside TLS.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        var transport = connection.Transport;
        connection.Transport = new Pipes(transport.Input, new RejectionPipeWriter(transport.Output));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    };

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
