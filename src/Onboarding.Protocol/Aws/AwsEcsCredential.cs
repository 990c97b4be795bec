using System.Text.Json.Serialization;

namespace Onboarding.Protocol.Aws;

/// <summary>An ECS task: a request to AWS's Security Token Service signed for this one session with the task's role.</summary>
/// <param name="Nonce">The challenge's nonce.</param>
/// <param name="TaskProof">Signed with the task role.</param>
/// <param name="Task">What the task says of itself.</param>
public sealed record AwsEcsCredential(string Nonce, StsProof TaskProof, EcsTaskClaim Task) : Credential, IChallengedCredential
{
    /// <summary><c>aws-ecs</c>.</summary>
    public const string KindName = "aws-ecs";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => KindName;
}
