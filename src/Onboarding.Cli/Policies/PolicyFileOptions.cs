using System.CommandLine;

namespace Onboarding.Cli.Policies;

/// <summary>Where policies are read from; the same in every command that asks them.</summary>
internal sealed class PolicyFileOptions
{
    private readonly Option<string> manifests = new("--manifests", "-m")
    {
        Description = "Directory of manifests: the WorkloadGroups and OnboardingPolicies.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> config = new("--config")
    {
        Description = "ControlPlane file: its JWT issuers and deny list count too. Without it every issuer counts and nobody is denied.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(manifests);
        command.Options.Add(config);
    }

    public string Manifests(ParseResult parsed) => parsed.GetRequiredValue(manifests);

    public string? Config(ParseResult parsed) => parsed.GetValue(config);
}
