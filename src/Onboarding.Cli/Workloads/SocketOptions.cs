using System.CommandLine;

namespace Onboarding.Cli.Workloads;

/// <summary>Where a running endpoint is asked.</summary>
internal sealed class SocketOptions
{
    private const int LongestPath = 107;

    private readonly Option<string?> data = new("--data") { Description = "The endpoint's data directory.", HelpName = "DIR" };
    private readonly Option<string?> socket = new("--socket") { Description = "The administrators' socket itself, instead of --data.", HelpName = "PATH" };

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(socket);
        command.Validators.Add(result =>
        {
            if (result.GetValue(data) is null == result.GetValue(socket) is null)
            {
                result.AddError("Give one of --data and --socket.");
            }
        });
    }

    /// <summary>A client of the endpoint.</summary>
    /// <exception cref="CliException">The path is longer than a Unix socket's may be (unix(7)).</exception>
    public AdminClient Connect(ParseResult parsed)
    {
        var path = parsed.GetValue(socket) ?? Path.Combine(parsed.GetRequiredValue(data)!, AdminClient.SocketName);
        return System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath
            ? new AdminClient(path)
            : throw new CliException($"{path} is over {LongestPath} bytes, too long for a socket; give a relative path");
    }
}
