using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Onboarding.CommandLine;

/// <summary>
/// What the command lines of both editions have in common. It is compiled into each of them, so that the endpoint itself knows of no command line.
/// </summary>
/// <param name="program">The program's name.</param>
/// <param name="error">Where it says what is wrong.</param>
internal sealed class EndpointCommandLine(string program, TextWriter error)
{
    /// <summary>Where the API listens; null: where the endpoint does by default.</summary>
    public Option<IPEndPoint?> ApiAddress { get; } = Address("--api-address", "Where the API listens (default [::]:15443).");

    /// <summary>Where the package repository listens; null: where the endpoint does by default.</summary>
    public Option<IPEndPoint?> PackagesAddress { get; } = Address("--packages-address", "Where the package repository listens (default [::]:443).");

    /// <summary>Where the operators' port listens; null: where the endpoint does by default.</summary>
    public Option<IPEndPoint?> OperatorsAddress { get; } =
        Address("--operators-address", "Where the operators' port listens: health and metrics, plain HTTP (default 127.0.0.1:9082).");

    /// <summary>An option that must be given.</summary>
    public static Option<string> Required(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Required = true };

    /// <summary>Has a command run something; why it could not becomes a line.</summary>
    public void Run(Command command, Func<ParseResult, CancellationToken, Task> run) =>
        command.SetAction((parsed, cancellationToken) => EndpointStart.RunAsync(program, error, () => run(parsed, cancellationToken)));

    /// <summary>Parses the arguments and runs the command that they name.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> InvokeAsync(RootCommand root, string[] args, CancellationToken cancellationToken)
    {
        var parsed = root.Parse(args);

        // The host handles signals itself, and stops gracefully however long that takes.
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Error = error, ProcessTerminationTimeout = null }, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCodes.Misconfigured : exitCode;
    }

    private static Option<IPEndPoint?> Address(string name, string description) =>
        new(name) { HelpName = "ADDRESS:PORT", Description = description, CustomParser = ParseAddress };

    private static IPEndPoint? ParseAddress(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (ListenAddress.TryParse(text, out var address))
        {
            return address;
        }

        argument.AddError(ListenAddress.Explain(text));
        return null;
    }
}
