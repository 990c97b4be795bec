using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Configuration;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin.Calls;

/// <summary>Edits the deny list of the ControlPlane file, and tells which registered workloads the entry names.</summary>
internal abstract class EditDenyListCall(DeniedListFile file, IWorkloadAdministration workloads, AdminAudit audit) : IAdminCall
{
    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <inheritdoc/>
    public string Path => "/v1/denied";

    /// <summary>What the audit stream calls it.</summary>
    protected abstract string Act { get; }

    /// <summary>The file.</summary>
    protected DeniedListFile File => file;

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        var body = await call.ReadAsync(AdminJson.Default.DeniedWorkload);
        if (!body.IsGranted)
        {
            await call.RefuseAsync(body.Refusal);
            return;
        }

        try
        {
            var isChanged = await EditAsync(body.Value, call.Aborted);
            if (isChanged)
            {
                audit.Done(Act, DeniedItem.Write(body.Value));
            }

            var members = await workloads.FindDeniedAsync(body.Value, call.Aborted);
            await call.WriteAsync(new DenyListEdit(isChanged, [.. members]), AdminJson.Default.DenyListEdit);
        }
        catch (Exception failure) when (failure is InvalidConfigurationException or IOException or UnauthorizedAccessException)
        {
            await call.RefuseAsync(new Refusal(ProblemCodes.InvalidRequest, failure.Message, Field: failure.Message));
        }
    }

    /// <summary>Edits the list; false: there was nothing to do.</summary>
    protected abstract Task<bool> EditAsync(DeniedWorkload entry, CancellationToken cancellationToken);
}

/// <summary><c>POST /v1/denied</c>: keeps somebody out.</summary>
internal sealed class DenyCall(DeniedListFile file, IWorkloadAdministration workloads, AdminAudit audit) : EditDenyListCall(file, workloads, audit)
{
    /// <inheritdoc/>
    public override string Method => HttpMethods.Post;

    /// <inheritdoc/>
    protected override string Act => "denied.add";

    /// <inheritdoc/>
    protected override Task<bool> EditAsync(DeniedWorkload entry, CancellationToken cancellationToken) => File.AddAsync(entry, cancellationToken);
}

/// <summary><c>DELETE /v1/denied</c>: keeps somebody out no more.</summary>
internal sealed class AllowCall(DeniedListFile file, IWorkloadAdministration workloads, AdminAudit audit) : EditDenyListCall(file, workloads, audit)
{
    /// <inheritdoc/>
    public override string Method => HttpMethods.Delete;

    /// <inheritdoc/>
    protected override string Act => "denied.remove";

    /// <inheritdoc/>
    protected override Task<bool> EditAsync(DeniedWorkload entry, CancellationToken cancellationToken) => File.RemoveAsync(entry, cancellationToken);
}
