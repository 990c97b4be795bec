using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Onboarding.Silo.Partitions;

namespace Onboarding.Silo.Draining;

/// <summary>Tells each client with its answer to connect anew (<c>Connection: close</c>, or GOAWAY in HTTP/2) while the silo drains or is cut off.</summary>
internal sealed class ClientsElsewhere(SiloDraining draining, IClusterContact contact)
{
    /// <summary>The middleware.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(
            static state =>
            {
                var (elsewhere, http) = ((ClientsElsewhere, HttpContext))state;
                if (elsewhere.IsWanted)
                {
                    http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
                }

                return Task.CompletedTask;
            },
            (this, http));
        return next(http);
    }

    private bool IsWanted => draining.IsDraining || contact.IsLost;
}
