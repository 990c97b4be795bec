using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Metadata.Aws;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;

namespace Onboarding.Agent.Credentials.Aws;

/// <summary>What an ECS task proves itself with: a request signed with its role. What it says of its cluster and zone goes along unproven.</summary>
internal sealed class EcsCredentialSource(TaskMetadata metadata, EndpointClient endpoint) : ICredentialSource
{
    public string Name => "ECS task";

    public async Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            var task = await metadata.GetTaskAsync(cancellationToken);
            var (region, claim) = Read(task);
            var credentials = await metadata.GetCredentialsAsync(cancellationToken);
            var nonce = (await endpoint.ChallengeAsync(cancellationToken)).Nonce;
            return new AwsEcsCredential(nonce, StsProofs.Sign(credentials, region, purpose.Bind(nonce), endpoint.Clock.Now), claim);
        }
        catch (MetadataException error)
        {
            throw new CredentialUnavailableException($"{Name}: {error.Message}", error);
        }
    }

    private static (AwsRegion Region, EcsTaskClaim Claim) Read(TaskDescription task)
    {
        // arn:<partition>:ecs:<region>:<account>:task/<cluster>/<task id>
        if (task.TaskArn.Split(':') is not ["arn", _, "ecs", var name, _, var resource] || !AwsRegion.TryParse(name, out var region))
        {
            throw new MetadataException($"'{OneLine.Of(task.TaskArn)}' is no ARN of a task");
        }

        if (resource.Split('/') is not ["task", var cluster, _])
        {
            throw new MetadataException("the task's ARN has the old short form, which does not say the cluster: opt in to the long one in the account's ECS settings");
        }

        return task.AvailabilityZone is { Length: > 0 } zone
            ? (region, new EcsTaskClaim(cluster, task.TaskArn, zone))
            : throw new MetadataException("the task metadata endpoint does not say the task's zone");
    }
}
