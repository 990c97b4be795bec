using Microsoft.Extensions.Logging;
using Onboarding.Agent.Configuration;
using Onboarding.Agent.Credentials;
using Onboarding.Agent.Credentials.Aws;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Hosts.Aws;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Processes;
using Onboarding.Yaml.AgentFiles;

namespace Onboarding.Agent;

/// <summary>Puts together what depends on the kind of machine: where credentials and addresses come from.</summary>
internal sealed class HostComposition(AgentConfiguration agent, CloudMetadata clouds, IProgramRunner programs, EndpointClient endpoint, ILogger logger)
{
    /// <summary>What proves the machine's identity.</summary>
    /// <exception cref="ConfigurationException">The configuration asks for something that is not supported.</exception>
    public ICredentialSource Credentials() => agent.Host switch
    {
        Ec2Host => new Ec2CredentialSource(clouds.Instance, endpoint, logger),
        EcsHost => new EcsCredentialSource(clouds.Task, endpoint),
        CustomHost custom => new CredentialChain([.. custom.Credentials.Select(SourceOf)]),
        var other => throw new ConfigurationException($"host: {other.GetType().Name} is not supported"),
    };

    /// <summary>What says where the machine can be reached.</summary>
    /// <exception cref="ConfigurationException">The configuration asks for something that is not supported.</exception>
    public IHostInformation Information() => agent.Host switch
    {
        Ec2Host => new Ec2HostInformation(clouds.Instance),
        EcsHost => new EcsHostInformation(clouds.Task),
        CustomHost custom => InformationOf(custom.HostInfo),
        var other => throw new ConfigurationException($"host: {other.GetType().Name} is not supported"),
    };

    private ICredentialSource SourceOf(CredentialSource source) => source switch
    {
        CredentialPlugin { Plugin: var plugin } => new PluginCredentialSource(PluginOf(plugin)),
        CredentialCommand command => new CommandCredentialSource(command.Path, command.Args, agent.Timeout, programs),
        _ => throw new ConfigurationException($"host.custom.credential: {source.GetType().Name} is not supported"),
    };

    private IHostInformation InformationOf(HostInfoSource source)
    {
        try
        {
            return source switch
            {
                HostInfoPlugin { Plugin: var plugin } => new PluginHostInformation(PluginOf(plugin)),
                BasicHostInfo basic => new BasicHostInformation(new SystemNetworkView("/"), new InterfaceFilter(basic.Include, basic.Exclude)),
                _ => throw new ConfigurationException($"host.custom.hostinfo: {source.GetType().Name} is not supported"),
            };
        }
        catch (HostInformationException error)
        {
            throw new ConfigurationException(error.Message);
        }
    }

    private Plugin PluginOf(PluginConfiguration plugin) =>
        new(plugin.Name, plugin.Path, plugin.Args, plugin.Env, agent.Timeout, programs, logger);
}
