namespace Onboarding.Agent.Commands;

/// <summary>The command line.</summary>
/// <param name="Command">What to do.</param>
/// <param name="OnboardingConfig">Path of the OnboardingConfiguration, if named.</param>
/// <param name="AgentConfig">Path of the AgentConfiguration, if named.</param>
/// <param name="Root">The root below which the machine's files are.</param>
internal sealed record AgentArguments(AgentCommand Command, string? OnboardingConfig, string? AgentConfig, string Root)
{
    /// <summary>Whether a status is wanted as JSON.</summary>
    public bool Json { get; init; }

    public const string Usage =
        """
        onboarding-agent joins this machine to an Istio mesh and keeps it there.

        Usage:
          onboarding-agent [options]         join, and stay until told to stop
          onboarding-agent check [options]   try each step up to authorization, without joining
          onboarding-agent status [--json]   say how the agent on this machine stands; exit code 0: it is a member

        Options:
          --onboarding-config FILE   OnboardingConfiguration (default /etc/onboarding-agent/onboarding.config.yaml,
                                     or the text in ONBOARDING_CONFIG)
          --agent-config FILE        AgentConfiguration (default /etc/onboarding-agent/agent.config.yaml,
                                     or the text in AGENT_CONFIG)
          --root DIR                 where the machine's files are (default /)
          --version                  print the release
          --help                     print this

        Environment:
          ONBOARDING_AGENT_ROOT_CERTS   PEM of the roots that the endpoint's certificate is verified with
          HTTPS_PROXY, NO_PROXY         proxy for calls to the endpoint

        Exit codes: 0 left or handed over, 1 failure, 2 wrong command line, 3 wrong configuration, 4 untrusted endpoint
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is wrong.</exception>
    public static AgentArguments Parse(IReadOnlyList<string> arguments)
    {
        var result = new AgentArguments(AgentCommand.Run, null, null, "/");
        for (var i = 0; i < arguments.Count; i++)
        {
            result = arguments[i] switch
            {
                "check" when i == 0 => result with { Command = AgentCommand.Check },
                "status" when i == 0 => result with { Command = AgentCommand.Status },
                "--json" when result.Command == AgentCommand.Status => result with { Json = true },
                "--version" => result with { Command = AgentCommand.Version },
                "--help" or "-h" => result with { Command = AgentCommand.Help },
                "--onboarding-config" => result with { OnboardingConfig = Value(arguments, ref i) },
                "--agent-config" => result with { AgentConfig = Value(arguments, ref i) },
                "--root" => result with { Root = Path.GetFullPath(Value(arguments, ref i)) },
                var other => throw new UsageException($"unknown argument '{other}'"),
            };
        }

        return result;
    }

    private static string Value(IReadOnlyList<string> arguments, ref int i) =>
        ++i < arguments.Count && arguments[i].Length > 0 ? arguments[i] : throw new UsageException($"{arguments[i - 1]} needs a value");
}
