using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Onboarding.Agent.Files;

namespace Onboarding.Agent.Processes;

/// <summary>
/// An executable that answers one call per process: the request as JSON on standard input; exit 0 and the response on standard output, or
/// a <c>{"code", "message"}</c> status. What it says on standard error is logged.
/// </summary>
/// <param name="name">Its name, <c>[a-z0-9-]+</c>.</param>
/// <param name="path">Its path; null: <c>onboarding-agent-&lt;name&gt;-plugin</c> on <c>PATH</c>.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">What it is given beside the variables that describe the call.</param>
/// <param name="timeout">How long a call may take.</param>
/// <param name="programs">Runs it.</param>
/// <param name="logger">Told what it says on standard error.</param>
internal sealed partial class Plugin(
    string name,
    string? path,
    IReadOnlyList<string> arguments,
    IReadOnlyDictionary<string, string> environment,
    TimeSpan timeout,
    IProgramRunner programs,
    ILogger logger)
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public string Name => $"plugin {name}";

    /// <summary>Calls a method and gives its response.</summary>
    /// <exception cref="ProgramFailedException">It could not be run, or answered with a status.</exception>
    public async Task<string> CallAsync(string service, string method, string request, CancellationToken cancellationToken)
    {
        var program = Resolve();
        var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["PLUGIN_NAME"] = name,
            ["RPC_SERVICE_NAME"] = service,
            ["RPC_METHOD_NAME"] = method,
        };
        var result = await programs.RunAsync(new ProgramCall(program, arguments, variables, request, timeout), cancellationToken);
        if (!string.IsNullOrWhiteSpace(result.Errors))
        {
            Said(logger, name, OneLine.Of(result.Errors));
        }

        return result.ExitCode == 0
            ? result.Output
            : throw new ProgramFailedException($"{Name} ended with exit code {result.ExitCode}: {StatusOf(result)}");
    }

    private string Resolve()
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new ProgramFailedException($"the plugin's name '{OneLine.Of(name)}' must match [a-z0-9-]+");
        }

        try
        {
            return TrustedExecutable.Resolve(path ?? Search($"onboarding-agent-{name}-plugin"));
        }
        catch (UntrustedExecutableException error)
        {
            throw new ProgramFailedException($"{Name}: {error.Message}", error);
        }
    }

    private static string Search(string file) =>
        MinimalEnvironment.SearchPath.Split(':')
            .Where(Path.IsPathRooted)
            .Select(directory => Path.Join(directory, file))
            .FirstOrDefault(File.Exists)
        ?? throw new UntrustedExecutableException($"there is no {file} on PATH; install it or set the plugin's path");

    private static string StatusOf(ProgramResult result)
    {
        try
        {
            var status = JsonSerializer.Deserialize(result.Output, PluginJson.Default.PluginStatus);
            return $"code {status?.Code}, {OneLine.Of(status?.Message)}";
        }
        catch (JsonException)
        {
            return OneLine.Of(result.Errors);
        }
    }

    [LoggerMessage(1101, LogLevel.Information, "Plugin {Plugin} says: {Text}")]
    private static partial void Said(ILogger logger, string plugin, string text);
}
