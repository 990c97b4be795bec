using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Issues the service-account tokens that sidecars show to istiod.</summary>
public interface ISidecarTokenSource
{
    /// <summary>A token of a service account, valid for 3600 s, for the mesh's audience; null: no source is configured.</summary>
    ValueTask<SidecarTokenResponse?> IssueAsync(string @namespace, string serviceAccount, CancellationToken cancellationToken);
}
