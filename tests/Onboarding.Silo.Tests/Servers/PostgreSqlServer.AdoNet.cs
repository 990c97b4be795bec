using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Onboarding.TestKit.Data;

namespace Onboarding.Silo.Tests.Servers;

/// <summary>A PostgreSQL of this test's own, on loopback, in a directory that goes with it.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    // The server refuses to run as root.
    private const string Owner = "postgres";

    private readonly TemporaryDirectory directory;
    private readonly Process process;

    private PostgreSqlServer(TemporaryDirectory directory, Process process, int port, string? password)
    {
        this.directory = directory;
        this.process = process;
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=onboarding;Database=postgres;Maximum Pool Size=30{(password is null ? "" : $";Password={password}")}");
    }

    /// <summary>Whether this machine has one.</summary>
    public static bool IsInstalled => InstalledProgram.Find("postgres") is not null && InstalledProgram.Find("initdb") is not null;

    /// <summary>How silos reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one.</summary>
    /// <param name="password">What it asks of whoever connects; null: nothing.</param>
    public static async Task<PostgreSqlServer> StartAsync(string? password = null)
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
        var started = Start([.. AsOwner("postgres"), "-D", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "", "-c", "fsync=off"]);
        var server = new PostgreSqlServer(place, started, port, password);
        await server.UntilItAnswersAsync();
        return server;
    }

    /// <summary>One number from the database.</summary>
    public async Task<long> ReadNumberAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Dispose();
    }

    private async Task UntilItAnswersAsync()
    {
        while (!process.HasExited)
        {
            try
            {
                await ReadNumberAsync("SELECT 1::bigint");
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}");
    }

    private static string[] AsOwner(string program) => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", "--", InstalledProgram.Find(program)!]
        : [InstalledProgram.Find(program)!];

    private static async Task RunAsync(params string[] command)
    {
        using var run = Start(command);
        await run.WaitForExitAsync();
        run.ExitCode.ShouldBe(0, string.Join(' ', command));
    }

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var started = Process.Start(start)!;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }
}

/// <summary>A test that needs a PostgreSQL.</summary>
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() =>
        Skip = !PostgreSqlServer.IsInstalled ? "PostgreSQL is not installed (apt-get install postgresql)" : null;
}
