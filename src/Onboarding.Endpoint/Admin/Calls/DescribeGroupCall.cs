using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>GET /v1/groups/&lt;namespace&gt;/&lt;name&gt;</c>: all that is known of a group.</summary>
internal sealed class DescribeGroupCall(IWorkloadAdministration workloads) : IAdminCall
{
    private static readonly Refusal NoSuchGroup = new(ProblemCodes.NotFound, "there is no such group");

    /// <inheritdoc/>
    public string Method => HttpMethods.Get;

    /// <inheritdoc/>
    public string Path => "/v1/groups/*/*";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call) =>
        await (await workloads.DescribeGroupAsync(call.Names[0], call.Names[1], call.Aborted) is { } description
            ? call.WriteAsync(description, AdminJson.Default.GroupDescription)
            : call.RefuseAsync(NoSuchGroup));
}
