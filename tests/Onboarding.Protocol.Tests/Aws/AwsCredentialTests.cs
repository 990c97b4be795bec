using System.Text.Json;
using Onboarding.Protocol.Aws;

namespace Onboarding.Protocol.Tests.Aws;

public sealed class AwsCredentialTests
{
    private static readonly StsProof Proof = new("us-east-2", "20260101T000000Z", "ASIAEXAMPLE", "dG9rZW4=", "00ff");

    [Fact]
    public void Serialize_Ec2WithoutRole_HasTheWiresForm() => Serialized(new AwsEc2Credential("n", "MII=", Proof)).ShouldBe(
        """{"kind":"aws-ec2","nonce":"n","identityDocument":"MII=","instanceProof":{"region":"us-east-2","date":"20260101T000000Z","accessKeyId":"ASIAEXAMPLE","sessionToken":"dG9rZW4=","signature":"00ff"}}""");

    [Fact]
    public void Serialize_Ecs_HasTheWiresForm() => Serialized(new AwsEcsCredential("n", Proof, new("payments", "arn:aws:ecs:us-east-2:123456789012:task/payments/0", "us-east-2a"))).ShouldBe(
        """{"kind":"aws-ecs","nonce":"n","taskProof":{"region":"us-east-2","date":"20260101T000000Z","accessKeyId":"ASIAEXAMPLE","sessionToken":"dG9rZW4=","signature":"00ff"},"task":{"cluster":"payments","taskArn":"arn:aws:ecs:us-east-2:123456789012:task/payments/0","zone":"us-east-2a"}}""");

    [Fact]
    public void Deserialize_Ec2WithBothProofs_IsWhatWasWritten()
    {
        var credential = new AwsEc2Credential("n", "MII=", Proof, Proof with { Signature = "11" });

        JsonSerializer.Deserialize(Written(credential), ProtocolJson.Default.OpenSessionRequest)!.Credential.ShouldBe(credential);
    }

    private static string Serialized(Credential credential) =>
        JsonDocument.Parse(Written(credential)).RootElement.GetProperty("credential").GetRawText();

    private static string Written(Credential credential) => JsonSerializer.Serialize(
        new OpenSessionRequest(credential, new("bookinfo", "ratings"), "instance", new("EC", "P-256", "x", "y")),
        ProtocolJson.Default.OpenSessionRequest);
}
