using System.CommandLine;
using Onboarding.CommandLine;

namespace Onboarding.Standalone;

/// <summary>The command line of <c>onboarding-standalone</c>.</summary>
internal sealed class StandaloneCommand
{
    private readonly Option<string> config = EndpointCommandLine.Required("--config", "FILE", "The ControlPlane file; reread when it changes.");
    private readonly Option<string> manifests =
        EndpointCommandLine.Required("--manifests", "DIR", "Directory of manifests: groups, policies, mesh configuration; reread when they change.");

    private readonly Option<string> data =
        EndpointCommandLine.Required("--data", "DIR", "Data directory (0700), made where it is absent: database, signing keys, registrations.");

    private readonly EndpointCommandLine line;
    private readonly RootCommand root;

    /// <summary>A command that runs what it is given.</summary>
    public StandaloneCommand(Func<StandaloneSettings, CancellationToken, Task> run, TextWriter error)
    {
        line = new EndpointCommandLine("onboarding-standalone", error);
        root = new RootCommand("Onboarding Silo in one process: the endpoint with which VMs join the mesh, on SQLite and a directory of manifests.")
        {
            config, manifests, data, line.ApiAddress, line.PackagesAddress, line.OperatorsAddress,
        };
        line.Run(root, (parsed, cancellationToken) => run(SettingsOf(parsed), cancellationToken));
    }

    /// <summary>Parses the arguments and runs.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public Task<int> InvokeAsync(string[] args, CancellationToken cancellationToken) => line.InvokeAsync(root, args, cancellationToken);

    private StandaloneSettings SettingsOf(ParseResult parsed) => new(
        parsed.GetRequiredValue(config),
        parsed.GetRequiredValue(manifests),
        parsed.GetRequiredValue(data))
    {
        ApiAddress = parsed.GetValue(line.ApiAddress),
        PackagesAddress = parsed.GetValue(line.PackagesAddress),
        OperatorsAddress = parsed.GetValue(line.OperatorsAddress),
    };
}
