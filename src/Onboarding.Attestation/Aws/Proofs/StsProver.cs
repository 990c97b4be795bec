using System.Collections.Immutable;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>Finds out who signed a proof for this endpoint, challenge, group, agent and session.</summary>
internal sealed class StsProver(StsClient client, StsBulkhead bulkhead, IOptionsSource options)
{
    /// <summary>The signer; a refusal is <c>credential_rejected</c>, or <c>unavailable</c> or <c>rate_limited</c> where there is no verdict.</summary>
    /// <param name="part">The proof's name, for the log.</param>
    /// <param name="proof">A proof of the right form.</param>
    /// <param name="claim">What it was shown for, and whose account it is by its own words.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Outcome<CallerIdentity>> AskAsync(string part, StsProof proof, ProofContext claim, CancellationToken cancellationToken)
    {
        using var turn = await bulkhead.EnterAsync(claim.Account, cancellationToken);
        if (turn is null)
        {
            return AwsRefusal.Crowded();
        }

        var answer = StsAnswer.None("the endpoint has no host");
        foreach (var host in HostsOf(claim.Request))
        {
            var binding = new SessionBinding(options.Uid, host, claim.Nonce, claim.Request.Group, claim.Request.InstanceId, claim.Request.KeyThumbprint);
            answer = await client.AskAsync(claim.Region, proof, binding.Compute(), cancellationToken);
            if (!answer.IsWrongSignature)
            {
                break;
            }
        }

        return answer.Caller is { } caller ? caller
            : answer.Refused is { } code ? AwsRefusal.Rejected(part, $"STS of {claim.Region.Name} refuses it with {code}")
            : AwsRefusal.NoVerdict(answer.Failure!);
    }

    /// <summary>
    /// The name by which the client reached us, which the agent has verified, where it is one of ours. Behind a proxy that does not pass it on it is
    /// one of them all.
    /// </summary>
    private ImmutableArray<string> HostsOf(AttestationRequest request)
    {
        var hosts = options.Current.EndpointHosts;
        var named = hosts.FirstOrDefault(host => string.Equals(host, request.EndpointHost, StringComparison.OrdinalIgnoreCase));
        return named is null ? hosts : [named];
    }
}

/// <summary>What a proof was shown for.</summary>
/// <param name="Request">The group, agent and session.</param>
/// <param name="Nonce">The challenge.</param>
/// <param name="Region">The region whose STS is asked.</param>
/// <param name="Account">The account that is claimed.</param>
internal sealed record ProofContext(AttestationRequest Request, string Nonce, AwsRegion Region, string Account);
