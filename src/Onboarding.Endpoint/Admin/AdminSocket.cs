using System.Net.Sockets;

namespace Onboarding.Endpoint.Admin;

/// <summary>The administrators' Unix socket as a file.</summary>
internal static class AdminSocket
{
    // sizeof(sockaddr_un.sun_path) of unix(7), less the final zero.
    private const int MaxPathBytes = 107;

    /// <summary>Makes way for the socket: one that a killed process left behind would be in use for ever.</summary>
    /// <exception cref="InvalidOperationException">The path is too long for a socket.</exception>
    public static void Prepare(string path)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(path) > MaxPathBytes)
        {
            throw new InvalidOperationException($"{path}: a Unix socket's path has at most {MaxPathBytes} bytes; choose a shorter data directory");
        }

        File.Delete(path);
    }

    /// <summary>Closes the socket to all but its owner. Until then its directory does.</summary>
    public static void Restrict(UnixDomainSocketEndPoint endpoint)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(endpoint.ToString(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
