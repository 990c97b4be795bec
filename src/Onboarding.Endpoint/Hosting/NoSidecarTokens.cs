using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Hosting;

/// <summary>There is no Kubernetes API to ask: agents go on without a service-account token.</summary>
internal sealed class NoSidecarTokens : ISidecarTokenSource
{
    /// <inheritdoc/>
    public bool IsConfigured => false;

    /// <inheritdoc/>
    public ValueTask<SidecarTokenResponse?> IssueAsync(string @namespace, string serviceAccount, CancellationToken cancellationToken) => default;
}
