using System.Globalization;
using System.Net;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>Which process of this machine has which TCP socket, as the kernel says.</summary>
internal static class ProcessSockets
{
    private const int LocalAddress = 1;
    private const int State = 3;
    private const int Inode = 9;
    private const string Listening = "0A";

    /// <summary>The process whose end of a connection has a port; null: there is none.</summary>
    public static int? FindOwner(int port)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        var connection = Read().FirstOrDefault(fields => fields[LocalAddress].EndsWith(end, StringComparison.Ordinal) && fields[Inode] != "0");
        return connection is null ? null : Processes().Cast<int?>().FirstOrDefault(process => LinksOf(process!.Value).Contains(LinkTo(connection)));
    }

    /// <summary>Where a process listens.</summary>
    public static IPEndPoint[] ListeningOf(int process)
    {
        var held = LinksOf(process).ToHashSet(StringComparer.Ordinal);
        return [.. Read().Where(fields => fields[State] == Listening && held.Contains(LinkTo(fields))).Select(fields => Parse(fields[LocalAddress]))];
    }

    private static IEnumerable<string[]> Read() => File.ReadLines("/proc/net/tcp").Skip(1).Concat(File.ReadLines("/proc/net/tcp6").Skip(1))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string LinkTo(string[] fields) => $"socket:[{fields[Inode]}]";

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0);

    private static string[] LinksOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Words of 32 bits, each with its lowest byte first.
    private static IPEndPoint Parse(string address)
    {
        var (host, port) = (address[..^5], address[^4..]);
        var bytes = Convert.FromHexString(host);
        for (var word = 0; word < bytes.Length; word += 4)
        {
            bytes.AsSpan(word, 4).Reverse();
        }

        return new IPEndPoint(new IPAddress(bytes), int.Parse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
