using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Onboarding.Endpoint.Admin;

/// <summary>
/// Connection middleware of the administrators' socket: the process at the other end runs as our own user or as root.
/// The kernel says so (SO_PEERCRED, unix(7)); the socket's mode alone would trust whoever changed it.
/// </summary>
internal sealed partial class PeerCredentials(ILogger<PeerCredentials> logger)
{
    private const int SolSocket = 1;
    private const int SoPeerCredentials = 17;
    private const int UserIdOffset = 4;
    private const int CredentialBytes = 12;
    private const uint Root = 0;

    /// <summary>As connection middleware.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        var user = UserOf(connection.Features.Get<IConnectionSocketFeature>()?.Socket);
        if (IsAllowed(user, EffectiveUser()))
        {
            await next(connection);
            return;
        }

        LogRefused(logger, user);
        connection.Abort(new ConnectionAbortedException("the peer is not an administrator"));
    };

    /// <summary>Whether a peer's user may administer a process of that owner.</summary>
    internal static bool IsAllowed(uint? peer, uint owner) => peer is { } user && (user == Root || user == owner);

    private static uint? UserOf(Socket? socket)
    {
        if (socket is null || !OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> credentials = stackalloc byte[CredentialBytes];
        return socket.GetRawSocketOption(SolSocket, SoPeerCredentials, credentials) == CredentialBytes
            ? MemoryMarshal.Read<uint>(credentials[UserIdOffset..])
            : null;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint EffectiveUser();

    [LoggerMessage(3402, LogLevel.Warning, "A connection to the administrators' socket by user {User} was refused; only the owner and root are served.")]
    private static partial void LogRefused(ILogger logger, uint? user);
}
