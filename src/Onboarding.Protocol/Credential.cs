using System.Text.Json.Serialization;
using Onboarding.Protocol.Aws;

namespace Onboarding.Protocol;

/// <summary>What an agent shows to prove what its VM is; the JSON member <c>kind</c> says which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(JwtCredential), JwtCredential.KindName)]
[JsonDerivedType(typeof(AwsEc2Credential), AwsEc2Credential.KindName)]
[JsonDerivedType(typeof(AwsEcsCredential), AwsEcsCredential.KindName)]
public abstract record Credential
{
    /// <summary>The kind's name on the wire.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}
