using Microsoft.AspNetCore.Http;
using Onboarding.Endpoint.Telemetry.Logs;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary><c>PUT /v1/log-levels</c>: sets the level of a category, or takes it back.</summary>
internal sealed class SetLogLevelCall(LogLevels levels, AdminAudit audit) : IAdminCall
{
    /// <inheritdoc/>
    public string Method => HttpMethods.Put;

    /// <inheritdoc/>
    public string Path => "/v1/log-levels";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var body = await call.ReadAsync(AdminJson.Default.SetLogLevelRequest);
        if (!body.IsGranted)
        {
            await call.RefuseAsync(body.Refusal);
            return;
        }

        var (category, level) = body.Value;
        levels.Set(category, level);
        audit.Done("log-level.set", $"{category}: {level?.ToString() ?? "as at the start"}");
        await call.WriteAsync(LogLevelList.Of(levels), AdminJson.Default.LogLevelList);
    }
}
