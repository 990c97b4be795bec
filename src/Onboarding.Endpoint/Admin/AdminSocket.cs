using System.Net.Sockets;

namespace Onboarding.Endpoint.Admin;

/// <summary>The administrators' Unix socket as a file.</summary>
internal static class AdminSocket
{
    // sizeof(sockaddr_un.sun_path) of unix(7), less the final zero.
    private const int MaxPathBytes = 107;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes way for the socket: one that a killed process left behind would be in use for ever.</summary>
    /// <exception cref="InvalidOperationException">The path is too long for a socket, or its directory is not there or open to others.</exception>
    public static void Prepare(string path)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(path) > MaxPathBytes)
        {
            throw new InvalidOperationException($"{path}: a Unix socket's path has at most {MaxPathBytes} bytes; choose a shorter one");
        }

        RefuseOpenDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
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

    // Between the socket's making and its closing, only its directory keeps others out.
    private static void RefuseOpenDirectory(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new InvalidOperationException($"{directory}: the directory of the administrators' socket is not there");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(directory) & ~OwnerAlone) != UnixFileMode.None)
        {
            throw new InvalidOperationException($"{directory}: the directory of the administrators' socket is open to others; chmod 700 closes it");
        }
    }
}
