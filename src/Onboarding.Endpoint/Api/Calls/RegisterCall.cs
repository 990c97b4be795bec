using Microsoft.AspNetCore.Http;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Bodies;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Endpoint.Api.Validation;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>PUT /v1/registration</c>.</summary>
internal sealed class RegisterCall(ISessionRegistry sessions, ApiLimits limits, IWorkloadRegistry workloads) : BearerCall(sessions, limits)
{
    private const string BodyName = "registration";

    /// <inheritdoc/>
    public override CallDescription Description { get; } = new(HttpMethods.Put, "/v1/registration", "Registers the workload, or changes its registration; idempotent.")
    {
        Request = ProtocolJson.Default.Registration,
        Response = ProtocolJson.Default.RegistrationResponse,
        NeedsToken = true,
        NeedsProof = true,
        Refusals =
        [
            ProblemCodes.AddressNotVerified, ProblemCodes.NotAuthorized, ProblemCodes.Superseded,
            ProblemCodes.IdentityInUse, ProblemCodes.AddressInUse,
        ],
    };

    /// <inheritdoc/>
    protected override async Task AnswerAsync(ApiContext call, SessionContext session)
    {
        var body = await RequestBody.ReadAsync(call.Http, ProtocolJson.Default.Registration, BodyName);
        var refusal = body.IsGranted ? RegistrationValidator.Validate(body.Value, BodyName) : body.Refusal;
        if (refusal is not null)
        {
            await call.RefuseAsync(refusal);
            return;
        }

        var outcome = await workloads.RegisterAsync(session, body.Value!, call.Client, call.Aborted);
        await call.AnswerAsync(outcome, ProtocolJson.Default.RegistrationResponse);
    }
}
