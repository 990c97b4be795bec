using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Onboarding.Silo.Storage;

namespace Onboarding.Silo.Commands;

/// <summary>The command line of <c>onboarding-silo</c>.</summary>
internal sealed class SiloCommand
{
    private readonly Option<string> config = Required("--config", "FILE", "The ControlPlane file; reread when it changes. appsettings.json is looked for beside it.");
    private readonly Option<string> manifests = Required("--manifests", "DIR", "Directory of manifests: groups, policies, mesh configuration; reread when they change.");
    private readonly Option<string> data = Required("--data", "DIR", "Directory below which registrations are written as YAML; the same for all silos.");
    private readonly Option<string> keys = Required("--keys", "PATH", "The signing keys, the same for all silos: a file, or a directory with signing-keys.json; reread when they change.");
    private readonly Option<string?> siloTls = new("--silo-tls") { HelpName = "DIR", Description = "Directory with tls.crt, tls.key and ca.crt of the silos' own CA; without it silos stay on loopback." };
    private readonly Option<IPEndPoint?> apiAddress = Address("--api-address", "Where the API listens (default [::]:15443).");
    private readonly Option<IPEndPoint?> packagesAddress = Address("--packages-address", "Where the package repository listens (default [::]:443).");
    private readonly Option<IPEndPoint?> operatorsAddress = Address("--operators-address", "Where the operators' port listens: health and metrics, plain HTTP (default 127.0.0.1:9082).");
    private readonly RootCommand root;
    private readonly TextWriter error;

    /// <summary>A command that runs what it is given.</summary>
    public SiloCommand(Func<SiloSettings, CancellationToken, Task> run, TextWriter output, TextWriter error)
    {
        this.error = error;
        root = new RootCommand("One silo of Onboarding Silo: the endpoint with which VMs join the mesh, and its share of the cluster's workloads.")
        {
            config, manifests, data, keys, siloTls, apiAddress, packagesAddress, operatorsAddress, NewStorageCommand(output),
        };
        root.SetAction((parsed, cancellationToken) => EndpointStart.RunAsync("onboarding-silo", error, () => run(SettingsOf(parsed), cancellationToken)));
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

    private Command NewStorageCommand(TextWriter output)
    {
        var settings = new Option<string?>("--settings") { HelpName = "DIR", Description = "Directory of appsettings.json (default: the current one)." };
        var init = new Command("init", "Makes the tables and queries that silos need in PostgreSQL; does nothing where they are there.") { settings };
        init.SetAction((parsed, cancellationToken) => EndpointStart.RunAsync("onboarding-silo", error, () => StorageInit.RunAsync(parsed.GetValue(settings) ?? ".", output, cancellationToken)));
        return new Command("storage", "Prepares the cluster's storage.") { init };
    }

    private SiloSettings SettingsOf(ParseResult parsed) => new(
        parsed.GetRequiredValue(config),
        parsed.GetRequiredValue(manifests),
        parsed.GetRequiredValue(data),
        parsed.GetRequiredValue(keys))
    {
        SiloTls = parsed.GetValue(siloTls),
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
