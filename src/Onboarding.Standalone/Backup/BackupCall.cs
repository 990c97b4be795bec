using Microsoft.AspNetCore.Http;
using Onboarding.Endpoint.Admin;

namespace Onboarding.Standalone.Backup;

/// <summary><c>POST /v1/backup[?keys=true]</c>: an archive of the data directory (<see cref="Core.Backup.BackupArchive"/>).</summary>
internal sealed class BackupCall(BackupWriter backup, AdminAudit audit) : IAdminCall
{
    /// <inheritdoc/>
    public string Method => HttpMethods.Post;

    /// <inheritdoc/>
    public string Path => "/v1/backup";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var withKeys = call.Query("keys") is "true";
        audit.Done("backup.write", withKeys ? "with the signing keys" : "without the signing keys");
        await backup.WriteAsync(call.BeginWriting("application/x-tar"), withKeys, call.Aborted);
    }
}
