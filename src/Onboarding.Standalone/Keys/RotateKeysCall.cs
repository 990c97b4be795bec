using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Admin;
using Onboarding.Protocol;
using Onboarding.Standalone.Data;

namespace Onboarding.Standalone.Keys;

/// <summary><c>POST /v1/keys/rotate[?replace=true]</c>: a new key signs; with <c>replace</c> it is the only one, and every agent attests anew.</summary>
internal sealed class RotateKeysCall(DataDirectory data, SigningKeys keys, IOptionsSource options, AdminAudit audit, TimeProvider time) : IAdminCall
{
    // Longer than any sensible validity: it may have been shortened since a token was signed.
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);

    private readonly Lock gate = new();

    /// <inheritdoc/>
    public string Method => HttpMethods.Post;

    /// <inheritdoc/>
    public string Path => "/v1/keys/rotate";

    /// <inheritdoc/>
    public async Task InvokeAsync(AdminContext call)
    {
        try
        {
            var next = Rotate(isReplacement: call.Query("replace") is "true");
            await call.WriteAsync(KeyList.Of(next), KeyListJson.Default.KeyList);
        }
        catch (InvalidOperationException full)
        {
            await call.RefuseAsync(new Refusal(ProblemCodes.InvalidRequest, full.Message, full.Message));
        }
    }

    private SigningKeySet Rotate(bool isReplacement)
    {
        var validity = options.Current.TokenExpiration;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var next = isReplacement ? SigningKeySet.Create(now) : keys.Current.Rotate(now, validity > LongestUse ? validity : LongestUse);

            // Kept before it signs: no token may outlive the knowledge of its key.
            SigningKeyFile.Save(data, next);
            keys.Replace(next);
            audit.Done("keys.rotate", isReplacement ? $"{next.Active.Kid} took the place of all" : $"{next.Active.Kid} signs");
            return next;
        }
    }
}
