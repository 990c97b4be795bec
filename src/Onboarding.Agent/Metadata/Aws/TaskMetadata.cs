using System.Net;
using System.Text.Json;

namespace Onboarding.Agent.Metadata.Aws;

/// <summary>What an ECS task is told of itself: the task metadata endpoint, version 4, and the container credentials.</summary>
/// <param name="transport">Asks.</param>
/// <param name="variable">Reads a variable of the environment: ECS says there where to ask.</param>
internal sealed class TaskMetadata(MetadataTransport transport, Func<string, string?> variable)
{
    private const string MetadataVariable = "ECS_CONTAINER_METADATA_URI_V4";
    private const string CredentialsVariable = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private static readonly Uri Service = new("http://169.254.170.2");

    /// <summary>Whether ECS started this process' container.</summary>
    public bool IsThere => variable(MetadataVariable) is { Length: > 0 };

    /// <summary>The task.</summary>
    /// <exception cref="MetadataException">It could not be read.</exception>
    public async Task<TaskDescription> GetTaskAsync(CancellationToken cancellationToken) =>
        Parse(await ReadAsync($"{MetadataPath()}/task", cancellationToken), AwsJson.Default.TaskDescription);

    /// <summary>The container that this process runs in.</summary>
    /// <exception cref="MetadataException">It could not be read.</exception>
    public async Task<ContainerDescription> GetContainerAsync(CancellationToken cancellationToken) =>
        Parse(await ReadAsync(MetadataPath(), cancellationToken), AwsJson.Default.ContainerDescription);

    /// <summary>Credentials of the task's role.</summary>
    /// <exception cref="MetadataException">They could not be had.</exception>
    public async Task<RoleCredentials> GetCredentialsAsync(CancellationToken cancellationToken)
    {
        var path = variable(CredentialsVariable) is { Length: > 0 } said
            ? said
            : throw new MetadataException($"the task has no role ({CredentialsVariable} is not set): give its task definition a taskRoleArn");
        return RoleCredentials.Parse(await ReadAsync(path, cancellationToken), "the task's role");
    }

    private static T Parse<T>(string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new MetadataException("the task metadata endpoint answered null");
        }
        catch (JsonException error)
        {
            throw new MetadataException("the task metadata endpoint's answer is not the JSON that version 4 has", error);
        }
    }

    private string MetadataPath()
    {
        var said = variable(MetadataVariable) ?? "";
        return said.StartsWith(Service.OriginalString + "/", StringComparison.Ordinal)
            ? said[Service.OriginalString.Length..].TrimEnd('/')
            : throw new MetadataException($"{MetadataVariable} is not below {Service.OriginalString}, where ECS has it");
    }

    private async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!path.StartsWith('/') || !Uri.TryCreate(Service.OriginalString + path, UriKind.Absolute, out var uri) || uri.Authority != Service.Authority)
        {
            throw new MetadataException($"{CredentialsVariable} is no path");
        }

        try
        {
            var reply = await transport.SendAsync(HttpMethod.Get, uri, cancellationToken);
            return reply.Status == HttpStatusCode.OK
                ? reply.Text
                : throw new MetadataException($"{Service.Authority} answered {(int)reply.Status}");
        }
        catch (MetadataUnreachableException error)
        {
            throw new MetadataException($"the metadata of the ECS task: {error.Message}", error);
        }
    }
}
