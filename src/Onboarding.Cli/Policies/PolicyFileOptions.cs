using System.CommandLine;
using System.CommandLine.Parsing;

namespace Onboarding.Cli.Policies;

/// <summary>Where policies are read from; the same in every command that asks them.</summary>
internal sealed class PolicyFileOptions
{
    private readonly Option<string?> manifests = new("--manifests", "-m")
    {
        Description = "Directory of manifests: the WorkloadGroups and OnboardingPolicies.",
        HelpName = "DIR",
    };

    private readonly Option<string?> config = new("--config")
    {
        Description = "ControlPlane file: its JWT issuers and deny list count too. Without it every issuer counts and nobody is denied.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command that always reads files.</summary>
    public void AddTo(Command command)
    {
        manifests.Required = true;
        AddOptionallyTo(command);
    }

    /// <summary>Adds the options to a command that can do without files.</summary>
    public void AddOptionallyTo(Command command)
    {
        command.Options.Add(manifests);
        command.Options.Add(config);
    }

    /// <summary>Whether the manifests are given.</summary>
    public bool AreGiven(SymbolResult result) => result.GetValue(manifests) is not null;

    public string Manifests(ParseResult parsed) => parsed.GetRequiredValue(manifests)!;

    public string? Config(ParseResult parsed) => parsed.GetValue(config);
}
