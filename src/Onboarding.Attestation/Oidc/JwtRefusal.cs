using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Oidc;

/// <summary>Refusals of tokens. The reason begins with the check that failed first; it goes to the log only.</summary>
internal static class JwtRefusal
{
    /// <summary>The token proves nothing.</summary>
    public static Refusal Rejected(string check, string fault) => new(ProblemCodes.CredentialRejected, $"jwt {check}: {fault}");

    /// <summary>There is no verdict now.</summary>
    public static Refusal Unavailable(string check, string fault, TimeSpan retryAfter) =>
        new(ProblemCodes.Unavailable, $"jwt {check}: {fault}", RetryAfter: retryAfter);
}
