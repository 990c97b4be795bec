using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Servers;

namespace Onboarding.Silo.Tests.Servers;

/// <summary>A Redis of this test's own, on loopback, in memory.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryDirectory directory;
    private readonly Process process;

    private RedisServer(TemporaryDirectory directory, Process process, int port)
    {
        this.directory = directory;
        this.process = process;
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>How silos reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one.</summary>
    /// <param name="password">What it asks of whoever connects; null: nothing.</param>
    public static async Task<RedisServer> StartAsync(string? password = null)
    {
        var place = new TemporaryDirectory();
        Directory.CreateDirectory(place.Path);
        var port = FreePorts.Take(1)[0];
        var start = new ProcessStartInfo(
            InstalledProgram.Find("redis-server")!,
            ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", place.Path, .. password is null ? Array.Empty<string>() : ["--requirepass", password]])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        started.BeginOutputReadLine();
        await UntilItAnswersAsync(started, port);
        return new RedisServer(place, started, port);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Dispose();
    }

    private static async Task UntilItAnswersAsync(Process process, int port)
    {
        while (!process.HasExited)
        {
            using var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        throw new InvalidOperationException($"Redis ended with {process.ExitCode}");
    }
}

/// <summary>A test that needs a Redis.</summary>
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = InstalledProgram.Find("redis-server") is null ? "Redis is not installed (apt-get install redis-server)" : null;
}
