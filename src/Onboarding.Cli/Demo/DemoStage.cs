using System.Globalization;
using Onboarding.Cli.Output;
using Spectre.Console;

namespace Onboarding.Cli.Demo;

/// <summary>What demos are told with: a directory, processes, numbered steps. Unless it is kept, nothing is left behind of it.</summary>
internal sealed class DemoStage(CliConsole console, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<DemoProcess> processes = [];
    private bool isKept;
    private int steps;

    /// <summary>The directory.</summary>
    public DemoWorkspace Workspace { get; } = new();

    /// <summary>The ports of the endpoint: API, packages, operators.</summary>
    public int[] Ports { get; } = DemoPorts.Free(3);

    /// <summary>The endpoint, once it is served.</summary>
    public DemoProcess Endpoint => processes[0];

    /// <summary>Ends, and is ended with the stage.</summary>
    public DemoProcess Add(DemoProcess process)
    {
        processes.Add(process);
        return process;
    }

    /// <summary>Leaves processes and files behind.</summary>
    public void Keep() => isKept = true;

    /// <summary>Starts the endpoint of the workspace's files, and returns when it is ready.</summary>
    /// <param name="environment">Variables that it gets besides, each <c>NAME=value</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ServeAsync(IReadOnlyList<string> environment, CancellationToken cancellationToken)
    {
        Step("The onboarding endpoint, over TLS");
        var endpoint = DemoProcess.Start(
            Workspace.Audit,
            Workspace.EndpointLog,
            "/usr/bin/env",
            [
                .. environment, DemoPrograms.Find("onboarding-standalone", "Onboarding.Standalone"),
                "--config", Workspace.ControlPlane, "--manifests", Workspace.Manifests, "--data", Workspace.Data,
                "--api-address", Loopback(Ports[0]), "--packages-address", Loopback(Ports[1]), "--operators-address", Loopback(Ports[2]),
            ]);
        processes.Insert(0, endpoint);
        using var operators = new HttpClient { BaseAddress = new Uri($"http://{Loopback(Ports[2])}") };
        await UntilAsync("the endpoint is ready", Workspace.EndpointLog, endpoint, () => IsReadyAsync(operators, cancellationToken), cancellationToken);
        Say($"listens on https://localhost:{Ports[0].ToString(CultureInfo.InvariantCulture)} and is ready");
    }

    /// <summary>The files of the registrations that were written.</summary>
    public IReadOnlyList<string> Registrations()
    {
        var directory = Path.Combine(Workspace.Data, "registrations", "bookinfo");
        return Directory.Exists(directory) ? Directory.GetFiles(directory, "*.yaml") : [];
    }

    /// <summary>Runs a command of this program before the audience; it must succeed.</summary>
    /// <exception cref="CliException">It did not.</exception>
    public async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        console.Rich.MarkupLine($"[grey]  $ onboardctl {Markup.Escape(string.Join(' ', arguments.Select(Shorten)))}[/]");
        if (await CommandTree.RunAsync(arguments, console, cancellationToken) is not ExitCodes.Ok and var exitCode)
        {
            throw new CliException($"onboardctl {arguments[0]} ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>Looks again and again until it is so; says what stands in the log when it never is.</summary>
    /// <exception cref="CliException">It never was.</exception>
    public async Task UntilAsync(string what, string log, DemoProcess process, Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (!await isSo())
        {
            if (process.HasExited || time.GetElapsedTime(since) > Patience)
            {
                Quote(log);
                throw new CliException($"waited in vain until {what}{(process.HasExited ? ": the process has ended" : "")}");
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>Waits until a log has a text.</summary>
    public Task UntilSaidAsync(string what, string log, string text, DemoProcess process, CancellationToken cancellationToken) =>
        UntilAsync(what, log, process, () => Task.FromResult(File.Exists(log) && File.ReadAllText(log).Contains(text, StringComparison.Ordinal)), cancellationToken);

    public void Step(string title)
    {
        console.Output.WriteLine();
        steps++;
        console.Rich.MarkupLine($"[bold blue]{steps.ToString(CultureInfo.InvariantCulture)}[/] [bold]{Markup.Escape(title)}[/]");
    }

    public void Say(string text) => console.Output.WriteLine($"  {text}");

    /// <summary>Shows a file, from a line on.</summary>
    public void Quote(string file, int from = 0)
    {
        console.Rich.MarkupLine($"[grey]  {Markup.Escape(Shorten(file))}[/]");
        foreach (var line in File.ReadAllLines(file).Skip(from))
        {
            console.Output.WriteLine($"  │ {line}");
        }
    }

    public void Finish()
    {
        console.Output.WriteLine();
        console.Rich.MarkupLine("[green]Done.[/] Nothing is left behind.");
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Whether an endpoint says at its operators' port that it is ready.</summary>
    public static async Task<bool> IsReadyAsync(HttpClient operators, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await operators.GetAsync("/health/ready", cancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            if (!isKept)
            {
                process.Kill();
            }

            process.Dispose();
        }

        if (!isKept)
        {
            Workspace.Delete();
        }
    }

    private string Shorten(string argument) => argument.StartsWith('{') ? $"'{argument}'" : argument.Replace(Workspace.Root + "/", "", StringComparison.Ordinal);
}
