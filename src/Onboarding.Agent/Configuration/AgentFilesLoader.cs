using Onboarding.Agent.Commands;
using Onboarding.Yaml.AgentFiles;
using Onboarding.Yaml.Fields;

namespace Onboarding.Agent.Configuration;

/// <summary>Finds and reads the configuration: a file named on the command line, else the environment, else the default file.</summary>
/// <param name="variable">Reads a variable of the environment.</param>
internal sealed class AgentFilesLoader(Func<string, string?> variable)
{
    private const string Folder = "etc/onboarding-agent";
    private const int SizeLimit = 1 << 20;

    /// <exception cref="ConfigurationException">A file is missing or wrong.</exception>
    public AgentFiles Load(AgentArguments arguments)
    {
        var problems = new ProblemList();
        var onboarding = Read(
            Find(arguments.OnboardingConfig, "ONBOARDING_CONFIG", Path.Join(arguments.Root, Folder, "onboarding.config.yaml"))
                ?? throw new ConfigurationException(
                    $"{Path.Join(arguments.Root, Folder, "onboarding.config.yaml")}: there is no such file; write an OnboardingConfiguration there or name one with --onboarding-config"),
            problems,
            OnboardingConfigurationReader.Read);
        var agent = Find(arguments.AgentConfig, "AGENT_CONFIG", Path.Join(arguments.Root, Folder, "agent.config.yaml")) is { } found
            ? Read(found, problems, AgentConfigurationReader.Read)
            : new AgentConfiguration();
        return onboarding is null || agent is null
            ? throw new ConfigurationException(string.Join('\n', problems.Errors))
            : new AgentFiles(onboarding, agent, NotEmpty(variable("ONBOARDING_AGENT_ROOT_CERTS")));
    }

    private static T? Read<T>((string Text, string Name) source, ProblemList problems, Func<string, string, ProblemList, T?> read)
        where T : class => read(source.Text, source.Name, problems);

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private (string Text, string Name)? Find(string? named, string variableName, string fallback)
    {
        if (named is not null)
        {
            return (ReadFile(named), named);
        }

        if (NotEmpty(variable(variableName)) is { } text)
        {
            return (text, variableName);
        }

        return File.Exists(fallback) ? (ReadFile(fallback), fallback) : null;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SizeLimit
                ? File.ReadAllText(path)
                : throw new ConfigurationException($"{path}: is larger than {SizeLimit} bytes");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: {error.Message}");
        }
    }
}
