using System.Net;
using System.Net.Sockets;

namespace Onboarding.TestKit.Data;

/// <summary>Ports of 127.0.0.1 on which nobody listens.</summary>
public static class FreePorts
{
    /// <summary>Ports that differ; another process may still take one before it is used.</summary>
    public static int[] Take(int count)
    {
        // All at once, so that no two are the same.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
