using Microsoft.AspNetCore.Http;
using Onboarding.Core.Policy;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>POST /v1/policies/explain</c>: what the policies in force say of an identity, and why.</summary>
internal sealed class ExplainPolicyCall(IPolicyCatalog catalog, TimeProvider time) : IAdminCall
{
    /// <inheritdoc/>
    public string Method => HttpMethods.Post;

    /// <inheritdoc/>
    public string Path => "/v1/policies/explain";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var body = await call.ReadAsync(AdminJson.Default.ExplainRequest);
        if (!body.IsGranted)
        {
            await call.RefuseAsync(body.Refusal);
            return;
        }

        var (identity, group) = body.Value;
        var explanation = catalog.Find(group.Namespace) is { } snapshot
            ? snapshot.Explain(identity, group.Name, time.GetUtcNow())
            : new PolicyExplanation(new PolicyDecision(false, null, null, $"namespace {group.Namespace} holds no WorkloadGroup"), []);
        await call.WriteAsync(explanation, AdminJson.Default.PolicyExplanation);
    }
}
