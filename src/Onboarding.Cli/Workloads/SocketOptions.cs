using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;

namespace Onboarding.Cli.Workloads;

/// <summary>Where a running endpoint is asked.</summary>
internal sealed class SocketOptions
{
    private const int LongestPath = 107;

    private readonly Option<string?> data = new("--data") { Description = "The endpoint's data directory.", HelpName = "DIR" };
    private readonly Option<string?> socket = new("--socket") { Description = "The administrators' socket itself, instead of --data.", HelpName = "PATH" };

    /// <summary>Adds the options to a command that always asks an endpoint.</summary>
    public void AddTo(Command command)
    {
        AddOptionallyTo(command);
        command.Validators.Add(result =>
        {
            if (Count(result) != 1)
            {
                result.AddError("Give one of --data and --socket.");
            }
        });
    }

    /// <summary>Adds the options to a command that can do without an endpoint.</summary>
    public void AddOptionallyTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(socket);
    }

    /// <summary>How many of the options are given.</summary>
    public int Count(SymbolResult result) => (result.GetValue(data) is null ? 0 : 1) + (result.GetValue(socket) is null ? 0 : 1);

    /// <summary>Whether an endpoint is to be asked.</summary>
    public bool AreGiven(ParseResult parsed) => Count(parsed.CommandResult) > 0;

    /// <summary>A client of the endpoint.</summary>
    /// <exception cref="CliException">The path is longer than a Unix socket's may be (unix(7)).</exception>
    public AdminClient Connect(ParseResult parsed)
    {
        var path = parsed.GetValue(socket) ?? Path.Combine(parsed.GetRequiredValue(data)!, AdminClient.SocketName);
        return Encoding.UTF8.GetByteCount(path) <= LongestPath
            ? new AdminClient(path)
            : throw new CliException($"{path} is over {LongestPath} bytes, too long for a socket; give a relative path");
    }
}
