using System.Net;

namespace Onboarding.Endpoint.Listeners;

/// <summary>A connection feature: by which listener it came in, and from whom.</summary>
/// <param name="listener">The listener.</param>
internal sealed class ClientConnection(ListenerKind listener)
{
    /// <summary>The listener.</summary>
    public ListenerKind Listener { get; } = listener;

    /// <summary>The other end, or what a trusted proxy's PROXY header says of it; null for a Unix socket.</summary>
    public IPAddress? Address { get; set; }
}
