using Onboarding.Agent.Configuration;
using Onboarding.Agent.Files;
using Onboarding.Agent.Metadata;
using Onboarding.Yaml.AgentFiles;

namespace Onboarding.Agent.Hosts;

/// <summary>Finds out what kind of machine this is, where <c>host: auto</c> leaves it to the agent: an ECS task before an EC2 instance, which a task may run on.</summary>
internal sealed class MachineKind(RootedFiles files, CloudMetadata clouds)
{
    private const string Vendor = "/sys/class/dmi/id/sys_vendor";
    private const string Amazon = "Amazon EC2";

    /// <summary>What is configured, or what was found where that is <c>auto</c>.</summary>
    /// <exception cref="ConfigurationException">It is neither.</exception>
    public async Task<HostConfiguration> ResolveAsync(HostConfiguration configured, CancellationToken cancellationToken)
    {
        if (configured is not AutoHost)
        {
            return configured;
        }

        try
        {
            return clouds.Task.IsThere ? new EcsHost()
                : IsSoldByAmazon() || await clouds.Instance.IsThereAsync(cancellationToken) ? new Ec2Host()
                : throw Unknown("this is neither an ECS task nor an EC2 instance");
        }
        catch (MetadataException error)
        {
            throw Unknown(error.Message);
        }
    }

    // Newer instances say it themselves, whether the network is up or not.
    private bool IsSoldByAmazon()
    {
        try
        {
            return File.ReadAllText(files.PathOf(Vendor)).Trim() == Amazon;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ConfigurationException Unknown(string reason) => new(
        $"host: {reason}; elsewhere set host.custom.credential in the AgentConfiguration to a plugin or command that gives a token");
}
