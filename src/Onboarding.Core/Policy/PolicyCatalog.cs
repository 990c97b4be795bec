using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>
/// Compiles what the sources have and swaps it whole. When a list fails, the last known policies stay in force; after
/// <see cref="WorkloadsOptions.MaxPolicyAge"/> there is no verdict any more.
/// </summary>
public sealed partial class PolicyCatalog : IPolicyCatalog, IDisposable
{
    private readonly IResourceSource resources;
    private readonly IOptionsSource options;
    private readonly IAwsTrustSource? trust;
    private readonly TimeProvider time;
    private readonly ILogger<PolicyCatalog> logger;
    private readonly Lock gate = new();
    private volatile State state = new(null, null, null, TimeSpan.Zero, new DenyList(null), "");

    /// <summary>Compiles what is there, and again whenever a source changes; without a source of the trust bundle every region of AWS counts.</summary>
    public PolicyCatalog(
        IResourceSource resources, IOptionsSource options, TimeProvider time, ILogger<PolicyCatalog> logger, IAwsTrustSource? trust = null)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(options);
        (this.resources, this.options, this.time, this.logger, this.trust) = (resources, options, time, logger, trust);
        resources.Changed += Refresh;
        options.Changed += Refresh;
        trust?.Changed += Refresh;
        Refresh();
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Namespaces => state.Compiled?.Namespaces.Keys ?? [];

    /// <inheritdoc/>
    public DateTimeOffset? AsOf => state.AsOf;

    /// <inheritdoc/>
    public IReadOnlyList<PolicyStatus> Statuses => state.Compiled?.Statuses ?? [];

    /// <inheritdoc/>
    public NamespaceSnapshot? Find(string @namespace)
    {
        var current = state;
        var known = current.Compiled?.Namespaces.GetValueOrDefault(@namespace);
        var isTooOld = current.FailingSince is { } since && time.GetUtcNow() - since >= current.MaxPolicyAge;
        if (current.Compiled is not null && !isTooOld)
        {
            return known;
        }

        return new NamespaceWithoutVerdict(@namespace, known, current.DenyList, current.AtOnceVersion);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        resources.Changed -= Refresh;
        options.Changed -= Refresh;
        trust?.Changed -= Refresh;
    }

    private void Refresh()
    {
        lock (gate)
        {
            var list = resources.Current;
            var workloads = options.Current.Workloads;
            var compiled = list is null ? null : PolicyCompiler.Compile(list, workloads, trust?.Current);
            LogStatuses(state.Compiled, compiled);
            DateTimeOffset? failingSince = resources.IsCurrent ? null : state.FailingSince ?? time.GetUtcNow();
            state = new State(
                compiled, list?.AsOf, failingSince, workloads.MaxPolicyAge, new DenyList(workloads, trust?.Current),
                PolicyVersion.Of([], [], workloads, trust?.Current));
        }

        Changed?.Invoke();
    }

    private void LogStatuses(CompiledPolicies? before, CompiledPolicies? now)
    {
        foreach (var status in (now?.Statuses ?? []).Except(before?.Statuses ?? []))
        {
            if (!status.IsAccepted)
            {
                LogNotAccepted(status.Namespace, status.Policy, status.Message);
            }
            else if (status.Message.Length > 0)
            {
                LogMatchesNobody(status.Namespace, status.Policy, status.Reason, status.Message);
            }
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "OnboardingPolicy {Namespace}/{Policy} is invalid and authorizes nobody: {Problems}")]
    private partial void LogNotAccepted(string @namespace, string policy, string problems);

    [LoggerMessage(3002, LogLevel.Warning, "OnboardingPolicy {Namespace}/{Policy} has a matcher that matches nobody ({Reason}): {Problems}")]
    private partial void LogMatchesNobody(string @namespace, string policy, string reason, string problems);

    private sealed record State(
        CompiledPolicies? Compiled, DateTimeOffset? AsOf, DateTimeOffset? FailingSince, TimeSpan MaxPolicyAge, DenyList DenyList, string AtOnceVersion);
}
