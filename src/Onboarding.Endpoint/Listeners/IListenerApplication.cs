using Microsoft.AspNetCore.Http;

namespace Onboarding.Endpoint.Listeners;

/// <summary>What is served on one listener, and nowhere else.</summary>
internal interface IListenerApplication
{
    /// <summary>The listener.</summary>
    ListenerKind Kind { get; }

    /// <summary>Answers one request.</summary>
    Task InvokeAsync(HttpContext http);
}
