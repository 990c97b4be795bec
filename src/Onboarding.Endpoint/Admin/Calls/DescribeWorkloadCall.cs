using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>GET /v1/workloads/&lt;namespace&gt;/&lt;name&gt;</c>: all that is known of a workload.</summary>
internal sealed class DescribeWorkloadCall(IWorkloadRegistry workloads) : IAdminCall
{
    private static readonly Refusal NoSuchWorkload = new(ProblemCodes.NotFound, "there is no such workload", "there is no registered workload of this name");

    /// <inheritdoc/>
    public string Method => HttpMethods.Get;

    /// <inheritdoc/>
    public string Path => "/v1/workloads/*/*";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call) =>
        await (await workloads.DescribeAsync(call.Names[0], call.Names[1], call.Aborted) is { } description
            ? call.WriteAsync(description, AdminJson.Default.WorkloadDescription)
            : call.RefuseAsync(NoSuchWorkload));
}
