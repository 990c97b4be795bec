using System.CommandLine;
using Onboarding.CommandLine;
using Onboarding.Silo.Storage;

namespace Onboarding.Silo.Commands;

/// <summary>The command line of <c>onboarding-silo</c>.</summary>
internal sealed class SiloCommand
{
    private readonly Option<string> config =
        EndpointCommandLine.Required("--config", "FILE", "The ControlPlane file; reread when it changes. appsettings.json is looked for beside it.");

    private readonly Option<string> manifests =
        EndpointCommandLine.Required("--manifests", "DIR", "Directory of manifests: groups, policies, mesh configuration; reread when they change.");

    private readonly Option<string> data = EndpointCommandLine.Required("--data", "DIR", "Directory below which registrations are written as YAML; the same for all silos.");
    private readonly Option<string> keys =
        EndpointCommandLine.Required("--keys", "PATH", "The signing keys, the same for all silos: a file, or a directory with signing-keys.json; reread when they change.");

    private readonly Option<string?> siloTls = new("--silo-tls") { HelpName = "DIR", Description = "Directory with tls.crt, tls.key and ca.crt of the silos' own CA; without it silos stay on loopback." };
    private readonly Option<string?> adminSocket =
        new("--admin-socket") { HelpName = "PATH", Description = "Unix socket for onboardctl --socket, in a directory that is the owner's alone (0700); without it there is none." };

    private readonly EndpointCommandLine line;
    private readonly RootCommand root;

    /// <summary>A command that runs what it is given.</summary>
    public SiloCommand(Func<SiloSettings, CancellationToken, Task> run, TextWriter output, TextWriter error)
    {
        line = new EndpointCommandLine("onboarding-silo", error);
        root = new RootCommand("One silo of Onboarding Silo: the endpoint with which VMs join the mesh, and its share of the cluster's workloads.")
        {
            config, manifests, data, keys, siloTls, adminSocket, line.ApiAddress, line.PackagesAddress, line.OperatorsAddress, NewStorageCommand(output),
        };
        line.Run(root, (parsed, cancellationToken) => run(SettingsOf(parsed), cancellationToken));
    }

    /// <summary>Parses the arguments and runs.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public Task<int> InvokeAsync(string[] args, CancellationToken cancellationToken) => line.InvokeAsync(root, args, cancellationToken);

    private Command NewStorageCommand(TextWriter output)
    {
        var settings = new Option<string?>("--settings") { HelpName = "DIR", Description = "Directory of appsettings.json (default: the current one)." };
        var init = new Command("init", "Makes the tables and queries that silos need in PostgreSQL; does nothing where they are there.") { settings };
        line.Run(init, (parsed, cancellationToken) => StorageInit.RunAsync(parsed.GetValue(settings) ?? ".", output, cancellationToken));
        return new Command("storage", "Prepares the cluster's storage.") { init };
    }

    private SiloSettings SettingsOf(ParseResult parsed) => new(
        parsed.GetRequiredValue(config),
        parsed.GetRequiredValue(manifests),
        parsed.GetRequiredValue(data),
        parsed.GetRequiredValue(keys))
    {
        SiloTls = parsed.GetValue(siloTls),
        AdminSocket = parsed.GetValue(adminSocket),
        ApiAddress = parsed.GetValue(line.ApiAddress),
        PackagesAddress = parsed.GetValue(line.PackagesAddress),
        OperatorsAddress = parsed.GetValue(line.OperatorsAddress),
    };
}
