using Microsoft.AspNetCore.Http;
using Onboarding.Core.Workloads;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>GET /v1/groups[?namespace=]</c>: the groups, by namespace and name.</summary>
internal sealed class ListGroupsCall(IWorkloadAdministration workloads) : IAdminCall
{
    /// <inheritdoc/>
    public string Method => HttpMethods.Get;

    /// <inheritdoc/>
    public string Path => "/v1/groups";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var items = await workloads.ListGroupsAsync(call.Query("namespace"), call.Aborted);
        var ordered = items
            .OrderBy(item => item.Namespace, StringComparer.Ordinal)
            .ThenBy(item => item.Name, StringComparer.Ordinal);
        await call.WriteAsync(new GroupList([.. ordered]), AdminJson.Default.GroupList);
    }
}
