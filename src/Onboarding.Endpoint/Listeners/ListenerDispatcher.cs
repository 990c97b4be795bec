using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Hands a request to what is served on the listener it came in by: neither path, port number nor Host header can say otherwise.</summary>
internal sealed class ListenerDispatcher
{
    private readonly IListenerApplication[] applications;

    public ListenerDispatcher(IEnumerable<IListenerApplication> applications)
    {
        this.applications = [.. applications.OrderBy(application => application.Kind)];
        if (!this.applications.Select(application => application.Kind).SequenceEqual(Enum.GetValues<ListenerKind>()))
        {
            throw new InvalidOperationException("each listener serves exactly one application");
        }
    }

    public Task InvokeAsync(HttpContext http)
    {
        var connection = http.Features.GetRequiredFeature<ClientConnection>();
        return applications[(int)connection.Listener].InvokeAsync(http);
    }
}
