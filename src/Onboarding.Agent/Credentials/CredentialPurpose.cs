using Onboarding.Protocol;
using Onboarding.Protocol.Aws;

namespace Onboarding.Agent.Credentials;

/// <summary>What a credential is made for; it must be good for nothing else.</summary>
/// <param name="Uid">The endpoint's uid: the audience of a token.</param>
/// <param name="EndpointHost">The name that was verified in the endpoint's certificate.</param>
/// <param name="Group">The group to join.</param>
/// <param name="InstanceId">The agent's instanceId.</param>
/// <param name="KeyThumbprint">RFC 7638 thumbprint of the key of the session to be opened.</param>
internal sealed record CredentialPurpose(string Uid, string EndpointHost, WorkloadGroupReference Group, string InstanceId, string KeyThumbprint)
{
    /// <summary>All of it and a challenge's nonce in one hash, to be signed.</summary>
    public string Bind(string nonce) => new SessionBinding(Uid, EndpointHost, nonce, Group, InstanceId, KeyThumbprint).Compute();
}
