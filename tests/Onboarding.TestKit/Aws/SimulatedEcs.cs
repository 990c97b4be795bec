using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Onboarding.TestKit.Aws;

/// <summary>What ECS tells a task: its metadata, version 4, and credentials of its role.</summary>
public sealed class SimulatedEcs(SimulatedTask task, SimulatedIam iam) : ISimulatedService
{
    private const string MetadataPath = "/v4/0a1b2c3d";
    private const string CredentialsPath = "/v2/credentials/5f1a6a4e-0000-4000-8000-000000000000";
    private readonly ConcurrentQueue<AwsRequest> requests = new();

    /// <summary>Where the service is; anywhere else it is not believed.</summary>
    public static Uri Address { get; } = new("http://169.254.170.2");

    /// <summary>The variables that ECS gives the task's containers.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ECS_CONTAINER_METADATA_URI_V4"] = Address.OriginalString + MetadataPath,
        ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = CredentialsPath,
    };

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<AwsRequest> Requests => [.. requests];

    /// <inheritdoc/>
    public Task<AwsReply> AnswerAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        requests.Enqueue(request);
        var body = request.Method != "GET" ? null : request.Path switch
        {
            MetadataPath => Container(),
            MetadataPath + "/task" => Task(),
            CredentialsPath => Credentials(),
            _ => null,
        };
        return System.Threading.Tasks.Task.FromResult(new AwsReply(body is null ? 404 : 200, "application/json", body?.ToJsonString() ?? ""));
    }

    private JsonObject Task() => new()
    {
        ["Cluster"] = $"arn:{task.Partition}:ecs:{task.Region}:{task.Account}:cluster/{task.Cluster}",
        ["TaskARN"] = task.Arn,
        ["Family"] = "ratings",
        ["Revision"] = "3",
        ["DesiredStatus"] = "RUNNING",
        ["KnownStatus"] = "RUNNING",
        ["AvailabilityZone"] = task.Zone,
        ["LaunchType"] = "FARGATE",
        ["Containers"] = new JsonArray(Container()),
    };

    private JsonObject Container() => new()
    {
        ["DockerId"] = "ea32192c8553fbff06c9340478a2ff089b2bb5646fb718b4ee206641c9086d66",
        ["Name"] = "ratings",
        ["Type"] = "NORMAL",
        ["Networks"] = new JsonArray(new JsonObject { ["NetworkMode"] = task.NetworkMode, ["IPv4Addresses"] = new JsonArray(task.Address) }),
    };

    private JsonObject Credentials()
    {
        var credentials = iam.TaskRole(task.Account, task.Role, task.Id, task.Partition);
        return new JsonObject
        {
            ["RoleArn"] = $"arn:{task.Partition}:iam::{task.Account}:role/{task.Role}",
            ["AccessKeyId"] = credentials.AccessKeyId,
            ["SecretAccessKey"] = credentials.SecretAccessKey,
            ["Token"] = credentials.SessionToken,
            ["Expiration"] = credentials.Expiration,
        };
    }
}
