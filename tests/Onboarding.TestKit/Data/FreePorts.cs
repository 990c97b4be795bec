using System.Net;
using System.Net.Sockets;

namespace Onboarding.TestKit.Data;

/// <summary>Ports of 127.0.0.1 on which nobody listens.</summary>
public static class FreePorts
{
    // Below the range from which Linux takes the ports of outgoing connections: none of those can come between taking a port and using it.
    private const int First = 16_000;
    private const int Last = 32_000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Taken = [];

    /// <summary>Ports that differ, and that no other caller in this process is given. Other processes choose by chance, too.</summary>
    public static int[] Take(int count)
    {
        lock (Gate)
        {
            return [.. Candidates().Where(port => !Taken.Contains(port) && IsFree(port)).Where(Taken.Add).Take(count)];
        }
    }

    private static IEnumerable<int> Candidates()
    {
        while (true)
        {
            yield return Random.Shared.Next(First, Last);
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
