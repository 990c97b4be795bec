using Microsoft.AspNetCore.Http;
using Onboarding.Core.Workloads;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>GET /v1/workloads[?namespace=]</c>: the registered workloads, by namespace and name.</summary>
internal sealed class ListWorkloadsCall(IWorkloadRegistry workloads) : IAdminCall
{
    /// <inheritdoc/>
    public string Method => HttpMethods.Get;

    /// <inheritdoc/>
    public string Path => "/v1/workloads";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var items = await workloads.ListAsync(call.Query("namespace"), call.Aborted);
        var ordered = items
            .OrderBy(item => item.Namespace, StringComparer.Ordinal)
            .ThenBy(item => item.Name, StringComparer.Ordinal);
        await call.WriteAsync(new WorkloadList([.. ordered]), AdminJson.Default.WorkloadList);
    }
}
