using System.CommandLine;
using Onboarding.Cli.Demo;
using Onboarding.Cli.Issuing;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Load;

/// <summary><c>onboardctl load issuer</c>: makes a throw-away issuer for simulated agents.</summary>
internal static class LoadIssuerCommand
{
    private const string KeyFile = "load-issuer.key";

    public static Command Create(CliConsole console)
    {
        var directory = new Option<string>("--out") { Description = "Directory for the issuer's private key.", HelpName = "DIR", Required = true };
        var name = new Option<string>("--issuer") { Description = "The issuer's name.", HelpName = "URL", DefaultValueFactory = _ => LoadSettings.DefaultIssuer };
        var command = new Command("issuer", "Make a throw-away issuer's key, and print what the ControlPlane and a policy need.") { directory, name };
        command.OnRun(console, parsed =>
        {
            using var issuer = TokenIssuer.CreateRsa(parsed.GetValue(name)!);
            Directory.CreateDirectory(parsed.GetValue(directory)!);
            var path = Path.Combine(parsed.GetValue(directory)!, KeyFile);
            DemoFiles.WritePrivate(path, issuer.PrivatePem());
            console.Error.WriteLine($"{path} can prove any identity to an endpoint that trusts it. Take the issuer out of the configuration when the test is over.");
            console.Output.WriteLine(Configuration(issuer));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Configuration(TokenIssuer issuer) => $"""
        # ControlPlane, below spec.meshExpansion.onboarding:
        workloads:
          addresses:
            trusted:
            - {LoadSettings.DefaultAddresses}
          authentication:
            jwt:
              issuers:
              - issuer: {issuer.Name}
                shortName: load
                jwks: '{issuer.KeySet()}'
        # OnboardingPolicy, below spec.allow:
        - workloads:
          - jwt:
              issuer: {issuer.Name}
          onboardTo:
          - workloadGroupSelector: {"{}"}
        """;
}
