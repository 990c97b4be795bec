using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Aws;

/// <summary>Refusals of AWS credentials.</summary>
internal static class AwsRefusal
{
    /// <summary><c>credential_rejected</c>, with the part of the credential that is at fault; for the log.</summary>
    public static Refusal Rejected(string part, string fault) => new(ProblemCodes.CredentialRejected, $"aws {part}: {fault}");

    /// <summary><c>unavailable</c>: AWS said neither yes nor no.</summary>
    public static Refusal NoVerdict(string reason) => new(ProblemCodes.Unavailable, $"aws sts: {reason}", RetryAfter: AwsLimits.RetryAfter);

    /// <summary><c>rate_limited</c>: too many questions are on their way already.</summary>
    public static Refusal Crowded() => new(ProblemCodes.RateLimited, "aws sts: too many questions are on their way", RetryAfter: AwsLimits.Wait);
}
