using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Onboarding.Silo.Hosting;

/// <summary>The port at which silos meet.</summary>
internal static class SiloPort
{
    /// <summary>Where a silo listens.</summary>
    public static IPEndPoint ListeningOf(EndpointOptions endpoints) =>
        endpoints.SiloListeningEndpoint ?? new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.SiloPort);

    /// <summary>Refuses to start where another process listens: Orleans does not say which port it is.</summary>
    /// <exception cref="StartException">One does, or the address is not this machine's.</exception>
    public static void RefuseTaken(EndpointOptions endpoints)
    {
        var listening = ListeningOf(endpoints);
        try
        {
            using var listener = new TcpListener(listening);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new StartException($"silos cannot meet at {listening}: {taken.Message}. Choose another port with Orleans__Endpoints__SiloPort.", taken);
        }
    }
}
