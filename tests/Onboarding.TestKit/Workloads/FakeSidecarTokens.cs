using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.TestKit.Workloads;

/// <summary>Issues numbered tokens; none while it is not configured.</summary>
public sealed class FakeSidecarTokens(TimeProvider time) : ISidecarTokenSource
{
    private int issued;

    /// <summary>Whether there is a source.</summary>
    public bool IsConfigured { get; set; } = true;

    /// <summary>How many were issued.</summary>
    public int Issued => Volatile.Read(ref issued);

    /// <summary>The service account that was asked for last.</summary>
    public string? LastAccount { get; private set; }

    /// <inheritdoc/>
    public ValueTask<SidecarTokenResponse?> IssueAsync(string @namespace, string serviceAccount, CancellationToken cancellationToken)
    {
        LastAccount = $"{@namespace}/{serviceAccount}";
        return ValueTask.FromResult(IsConfigured
            ? new SidecarTokenResponse($"token-{Interlocked.Increment(ref issued)}", time.GetUtcNow().AddHours(1))
            : null);
    }
}
