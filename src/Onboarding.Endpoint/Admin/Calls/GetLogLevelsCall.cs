using Microsoft.AspNetCore.Http;
using Onboarding.Endpoint.Telemetry.Logs;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>GET /v1/log-levels</c>: the levels that were set since the start.</summary>
internal sealed class GetLogLevelsCall(LogLevels levels) : IAdminCall
{
    /// <inheritdoc/>
    public string Method => HttpMethods.Get;

    /// <inheritdoc/>
    public string Path => "/v1/log-levels";

    /// <inheritdoc/>
    public Task InvokeAsync(AdminContext call) => call.WriteAsync(LogLevelList.Of(levels), AdminJson.Default.LogLevelList);
}
