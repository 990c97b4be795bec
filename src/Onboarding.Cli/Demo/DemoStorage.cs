namespace Onboarding.Cli.Demo;

/// <summary>
/// Storage for silos that are to die: a PostgreSQL of the demo's own, else a Redis, whichever this machine has. State in the memory of silos would
/// die with them, and show nothing.
/// </summary>
internal sealed class DemoStorage : IDisposable
{
    private const string DebianPostgreSql = "/usr/lib/postgresql";
    private const string Owner = "postgres";

    // Not in the workspace: PostgreSQL refuses to run as root, and its user must not see the rest.
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("onboarding-demo-storage-");
    private readonly string port = DemoStage.Text(DemoPorts.Free(1)[0]);
    private readonly string log;

    private DemoStorage(string provider, string connection, string log)
    {
        Provider = provider;
        ConnectionString = connection.Replace("{port}", port, StringComparison.Ordinal);
        this.log = log;
    }

    /// <summary>Orleans' name of its kind.</summary>
    public string Provider { get; }

    /// <summary>How silos reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether <c>onboarding-silo storage init</c> must prepare it.</summary>
    public bool NeedsTables => Provider == "AdoNet";

    /// <summary>What this machine has.</summary>
    /// <exception cref="CliException">It has neither.</exception>
    public static DemoStorage Choose(string log) =>
        Find("postgres") is not null && Find("initdb") is not null ? new("AdoNet", "Host=127.0.0.1;Port={port};Username=onboarding;Database=postgres;Maximum Pool Size=20", log)
        : Find("redis-server") is not null ? new("Redis", "127.0.0.1:{port}", log)
        : throw new CliException("silos that die need storage that does not: install PostgreSQL or Redis (make deps)");

    /// <summary>Starts it.</summary>
    public async Task<DemoProcess> StartAsync(CancellationToken cancellationToken)
    {
        if (Provider == "Redis")
        {
            return Start([Find("redis-server")!, "--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no", "--dir", directory.FullName]);
        }

        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(["chown", Owner, directory.FullName], cancellationToken);
        }

        var data = Path.Combine(directory.FullName, "data");
        await RunAsync([.. AsOwner("initdb"), "-D", data, "-U", "onboarding", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], cancellationToken);
        return Start([.. AsOwner("postgres"), "-D", data, "-h", "127.0.0.1", "-p", port, "-k", ""]);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private DemoProcess Start(string[] command) => DemoProcess.Start(log, log, command[0], command.AsSpan(1));

    private async Task RunAsync(string[] command, CancellationToken cancellationToken)
    {
        using var run = Start(command);
        if (await run.ExitAsync(cancellationToken) != 0)
        {
            throw new CliException($"{command[0]} failed: {await File.ReadAllTextAsync(log, cancellationToken)}");
        }
    }

    private static string[] AsOwner(string program) => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", "--", Find(program)!]
        : [Find(program)!];

    private static string? Find(string name)
    {
        var debian = Directory.Exists(DebianPostgreSql) ? Directory.GetDirectories(DebianPostgreSql).Select(version => Path.Combine(version, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(debian).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
    }
}
