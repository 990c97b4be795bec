using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Onboarding.Standalone;

/// <summary>The command line of <c>onboarding-standalone</c>.</summary>
internal sealed class StandaloneCommand
{
    private readonly Option<string> config = Required("--config", "FILE", "The ControlPlane file; reread when it changes.");
    private readonly Option<string> manifests = Required("--manifests", "DIR", "Directory of manifests: groups, policies, mesh configuration; reread when they change.");
    private readonly Option<string> data = Required("--data", "DIR", "Data directory (0700), made where it is absent: database, signing keys, registrations.");
    private readonly Option<IPEndPoint?> apiAddress = Address("--api-address", "Where the API listens (default [::]:15443).");
    private readonly Option<IPEndPoint?> packagesAddress = Address("--packages-address", "Where the package repository listens (default [::]:443).");
    private readonly Option<IPEndPoint?> operatorsAddress = Address("--operators-address", "Where the operators' port listens: health and metrics, plain HTTP (default 127.0.0.1:9082).");
    private readonly RootCommand root;
    private readonly TextWriter error;

    /// <summary>A command that runs what it is given.</summary>
    public StandaloneCommand(Func<StandaloneSettings, CancellationToken, Task> run, TextWriter error)
    {
        this.error = error;
        root = new RootCommand("Onboarding Silo in one process: the endpoint with which VMs join the mesh, on SQLite and a directory of manifests.")
        {
            config, manifests, data, apiAddress, packagesAddress, operatorsAddress,
        };
        root.SetAction((parsed, cancellationToken) => EndpointStart.RunAsync("onboarding-standalone", error, () => run(SettingsOf(parsed), cancellationToken)));
    }

    /// <summary>Parses the arguments and runs.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> InvokeAsync(string[] args, CancellationToken cancellationToken)
    {
        var parsed = root.Parse(args);

        // The host handles signals itself, and stops gracefully however long that takes.
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Error = error, ProcessTerminationTimeout = null }, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCodes.Misconfigured : exitCode;
    }

    private StandaloneSettings SettingsOf(ParseResult parsed) => new(
        parsed.GetRequiredValue(config),
        parsed.GetRequiredValue(manifests),
        parsed.GetRequiredValue(data))
    {
        ApiAddress = parsed.GetValue(apiAddress),
        PackagesAddress = parsed.GetValue(packagesAddress),
        OperatorsAddress = parsed.GetValue(operatorsAddress),
    };

    private static Option<string> Required(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Required = true };

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
