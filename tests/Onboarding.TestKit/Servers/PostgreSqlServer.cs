using System.Diagnostics;
using System.Globalization;
using Onboarding.TestKit.Data;

namespace Onboarding.TestKit.Servers;

/// <summary>A PostgreSQL of one's own, on loopback, in a directory that goes with it.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    // The server refuses to run as root.
    private const string Owner = "postgres";

    private readonly TemporaryDirectory directory;
    private readonly Process process;
    private readonly string client;

    private PostgreSqlServer(TemporaryDirectory directory, Process process, int port, string? password)
    {
        this.directory = directory;
        this.process = process;
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=onboarding;Database=postgres;Maximum Pool Size=30{(password is null ? "" : $";Password={password}")}");
        client = string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={port} user=onboarding dbname=postgres{(password is null ? "" : $" password={password}")}");
    }

    /// <summary>Whether this machine has one.</summary>
    public static bool IsInstalled => InstalledProgram.Find("postgres") is not null && InstalledProgram.Find("initdb") is not null && InstalledProgram.Find("psql") is not null;

    /// <summary>How silos reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>The process that all its others are children of.</summary>
    public int ProcessId => process.Id;

    /// <summary>Starts one, which does not wait for the disk.</summary>
    /// <param name="password">What it asks of whoever connects; null: nothing.</param>
    /// <param name="settings">What it is set to, <c>NAME=VALUE</c>.</param>
    public static async Task<PostgreSqlServer> StartAsync(string? password = null, params string[] settings)
    {
        var place = new TemporaryDirectory();
        Directory.CreateDirectory(place.Path);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", Owner, place.Path);
        }

        var data = Path.Combine(place.Path, "data");
        var secret = Path.Combine(place.Path, "password");
        await File.WriteAllTextAsync(secret, password ?? "unasked");
        await RunAsync([.. AsOwner("initdb"), "-D", data, "-U", "onboarding", "-A", password is null ? "trust" : "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C", "--no-sync"]);
        var port = FreePorts.Take(1)[0];
        string[] all = ["fsync=off", .. settings];
        var started = Start([.. AsOwner("postgres"), "-D", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "", .. all.SelectMany(setting => new[] { "-c", setting })]);
        Drain(started);
        var server = new PostgreSqlServer(place, started, port, password);
        await server.UntilItAnswersAsync();
        return server;
    }

    /// <summary>One number from the database.</summary>
    public async Task<long> ReadNumberAsync(string sql) => long.Parse((await ReadAsync(sql)).Single()[0], CultureInfo.InvariantCulture);

    /// <summary>Rows from the database, each a list of texts.</summary>
    public async Task<IReadOnlyList<string[]>> ReadAsync(string sql)
    {
        var (exitCode, output, error) = await AskAsync(sql);
        return exitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))]
            : throw new InvalidOperationException($"psql ended with {exitCode}: {error}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A fast shutdown: it ends its connections itself.
        await RunAsync("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Dispose();
    }

    private async Task UntilItAnswersAsync()
    {
        while (!process.HasExited)
        {
            if ((await AskAsync("SELECT 1")).ExitCode == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}");
    }

    private async Task<(int ExitCode, string Output, string Error)> AskAsync(string sql)
    {
        using var asked = Start([InstalledProgram.Find("psql")!, "--no-psqlrc", "--tuples-only", "--no-align", "--dbname", client, "--command", sql]);
        var (output, error) = (asked.StandardOutput.ReadToEndAsync(), asked.StandardError.ReadToEndAsync());
        await asked.WaitForExitAsync();
        return (asked.ExitCode, await output, await error);
    }

    private static string[] AsOwner(string program) => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", "--", InstalledProgram.Find(program)!]
        : [InstalledProgram.Find(program)!];

    private static async Task RunAsync(params string[] command)
    {
        using var run = Start(command);
        Drain(run);
        await run.WaitForExitAsync();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {run.ExitCode}");
        }
    }

    private static Process Start(string[] command) => Process.Start(
        new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;

    private static void Drain(Process process)
    {
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}
