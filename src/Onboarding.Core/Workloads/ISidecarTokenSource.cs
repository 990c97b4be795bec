using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Issues the service-account tokens that sidecars show to istiod.</summary>
public interface ISidecarTokenSource
{
    /// <summary>Whether there is one: where not, that is said of a workload at once, and not when its agent first asks.</summary>
    bool IsConfigured => true;

    /// <summary>A token of a service account, valid for 3600 s, for the mesh's audience; null: no source is configured.</summary>
    ValueTask<SidecarTokenResponse?> IssueAsync(string @namespace, string serviceAccount, CancellationToken cancellationToken);
}
