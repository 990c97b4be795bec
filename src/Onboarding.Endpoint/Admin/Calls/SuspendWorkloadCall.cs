using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>PUT /v1/workloads/&lt;namespace&gt;/&lt;name&gt;/suspension</c>: suspends a workload, or lets it join again.</summary>
internal sealed class SuspendWorkloadCall(IWorkloadAdministration workloads) : IAdminCall
{
    private static readonly Refusal NoSuchWorkload = new(ProblemCodes.NotFound, "there is no such workload");

    /// <inheritdoc/>
    public string Method => HttpMethods.Put;

    /// <inheritdoc/>
    public string Path => "/v1/workloads/*/*/suspension";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var body = await call.ReadAsync(AdminJson.Default.Suspension);
        if ((body.Refusal ?? Check(body.Value!.Reason)) is { } refusal)
        {
            await call.RefuseAsync(refusal);
            return;
        }

        await (await workloads.SuspendAsync(call.Names[0], call.Names[1], body.Value!.Reason, call.Aborted)
            ? call.WriteAsync(body.Value, AdminJson.Default.Suspension)
            : call.RefuseAsync(NoSuchWorkload));
    }

    private static Refusal? Check(string? reason)
    {
        const string Problem = "reason: must be one line of 1 to 256 characters";
        return reason is null || (reason.Trim().Length > 0 && reason.Length <= IWorkloadAdministration.MaxReasonLength && !reason.Any(char.IsControl))
            ? null
            : new Refusal(ProblemCodes.InvalidRequest, Problem, Field: Problem);
    }
}
