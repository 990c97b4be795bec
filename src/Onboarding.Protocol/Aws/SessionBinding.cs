using System.Text;

namespace Onboarding.Protocol.Aws;

/// <summary>
/// All that a proof is good for, in one hash (<see cref="StsRequest.BindingHeader"/>): a request that is signed for one endpoint, challenge,
/// group, agent or session is good for no other.
/// </summary>
/// <param name="Uid">The endpoint's uid.</param>
/// <param name="EndpointHost">The name that the agent verified in the endpoint's certificate; case and port do not count, and the port is left out.</param>
/// <param name="Nonce">The challenge's nonce.</param>
/// <param name="Group">The group to join.</param>
/// <param name="InstanceId">The agent's instanceId.</param>
/// <param name="KeyThumbprint">RFC 7638 thumbprint of the session's key.</param>
public sealed record SessionBinding(string Uid, string EndpointHost, string Nonce, WorkloadGroupReference Group, string InstanceId, string KeyThumbprint)
{
    private const string Version = "onboarding-v1";

    /// <summary>
    /// Base64url of SHA-256 over the lines version, uid, host, nonce, namespace, group, instanceId and thumbprint, each ended by a line feed.
    /// An endpoint's own values have no line feed, so one that hides in another's makes more lines than any endpoint hashes.
    /// </summary>
    public string Compute()
    {
        var lines = new StringBuilder();
        foreach (var line in new[] { Version, Uid, EndpointHost.ToLowerInvariant(), Nonce, Group.Namespace, Group.Name, InstanceId, KeyThumbprint })
        {
            lines.Append(line).Append('\n');
        }

        return Sha256Text.Base64Url(lines.ToString());
    }
}
