using System.Text.Json.Serialization;

namespace Onboarding.Protocol.Aws;

/// <summary>An EC2 instance: its identity document as evidence, and requests to AWS's Security Token Service signed for this one session as proof.</summary>
/// <param name="Nonce">The challenge's nonce.</param>
/// <param name="IdentityDocument">The instance metadata service's <c>rsa2048</c> signature, a PKCS#7 with the document inside: base64 without line breaks.</param>
/// <param name="InstanceProof">Signed with the instance identity role, which AWS gives every instance and nobody can assume.</param>
/// <param name="RoleProof">Signed with the role of the instance's profile, where there is one.</param>
public sealed record AwsEc2Credential(string Nonce, string IdentityDocument, StsProof InstanceProof, StsProof? RoleProof = null) : Credential, IChallengedCredential
{
    /// <summary><c>aws-ec2</c>.</summary>
    public const string KindName = "aws-ec2";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => KindName;
}
