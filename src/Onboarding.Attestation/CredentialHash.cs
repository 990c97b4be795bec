using Onboarding.Protocol;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation;

/// <summary>What of a credential is written down: enough to tell it from others, too little to show it again.</summary>
public static class CredentialHash
{
    /// <summary>Lower-case hex SHA-256: of a token's signing input, since a signature may have several forms; of the signature that proves a machine.</summary>
    /// <returns>Null for a kind that is not known here.</returns>
    public static string? Of(Credential credential) => credential switch
    {
        JwtCredential { Jwt: var jwt } => Sha256Text.Hex(jwt.LastIndexOf('.') is > 0 and var end ? jwt[..end] : jwt),
        AwsEc2Credential ec2 => Of(ec2),
        AwsEcsCredential ecs => Of(ecs),
        _ => null,
    };

    /// <summary>Of an instance: not of its document, which it shows each time.</summary>
    public static string Of(AwsEc2Credential credential) => Sha256Text.Hex($"{AwsEc2Credential.KindName} {credential.InstanceProof.Signature}");

    /// <summary>Of a task.</summary>
    public static string Of(AwsEcsCredential credential) => Sha256Text.Hex($"{AwsEcsCredential.KindName} {credential.TaskProof.Signature}");
}
