using Onboarding.Core;
using Onboarding.Core.Policy;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>
/// There is a verdict to be had about the group's namespace. Whether the group is known is found out here and judged with the policies,
/// so that the two refusals cannot be told apart.
/// </summary>
internal sealed class GroupStep(IPolicyCatalog catalog) : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        var snapshot = catalog.Find(attempt.Request.WorkloadGroup.Namespace);
        if (catalog.AsOf is null || snapshot is { Version: null })
        {
            return new(new Refusal(ProblemCodes.Unavailable, "the resources were never listed, or too long ago to decide about a new session"));
        }

        attempt.Policies = snapshot;
        attempt.Group = snapshot?.FindGroup(attempt.Request.WorkloadGroup.Name);
        return default;
    }
}
