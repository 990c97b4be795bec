using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Data;

namespace Onboarding.Silo.Tests.Partitions;

/// <summary>
/// A line to a port of this machine. While it is cut for somebody, nothing passes in either direction and nothing is refused, as when packets are lost;
/// what was sent meanwhile arrives when it is whole again.
/// </summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Task> carried = [];
    private readonly TcpListener listener;
    private readonly int target;
    private readonly Task accepting;
    private volatile Cut? cut;

    /// <param name="target">The port it leads to.</param>
    public Line(int target)
    {
        this.target = target;
        Port = FreePorts.Take(1)[0];
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where it begins.</summary>
    public int Port { get; }

    /// <summary>Cuts it for a process; null: for all.</summary>
    public void CutFor(int? process) => cut = new Cut(process);

    /// <summary>It is whole again.</summary>
    public void Heal() => Interlocked.Exchange(ref cut, null)?.Healed.SetResult();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(carried).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var caller = await listener.AcceptSocketAsync(stopping.Token);
            carried.Add(CarryAsync(caller));
        }
    }

    private async Task CarryAsync(Socket caller)
    {
        using var ours = caller;
        using var theirs = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var process = new Lazy<int?>(() => ProcessSockets.FindOwner(((IPEndPoint)caller.RemoteEndPoint!).Port));
        await UntilWholeAsync(process);
        await theirs.ConnectAsync(IPAddress.Loopback, target, stopping.Token);
        await Task.WhenAny(PumpAsync(ours, theirs, process), PumpAsync(theirs, ours, process));
    }

    private async Task PumpAsync(Socket from, Socket to, Lazy<int?> process)
    {
        var buffer = new byte[65_536];
        int read;
        do
        {
            read = await from.ReceiveAsync(buffer, stopping.Token);
            await UntilWholeAsync(process);
            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stopping.Token);
            }
        }
        while (read > 0);
    }

    private async Task UntilWholeAsync(Lazy<int?> process)
    {
        while (cut is { } standing && (standing.Process is null || standing.Process == process.Value))
        {
            await standing.Healed.Task.WaitAsync(stopping.Token);
        }
    }

    private sealed record Cut(int? Process)
    {
        public TaskCompletionSource Healed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
