namespace Onboarding.Core;

/// <summary>Why something was refused. Absence and refusal are results, not exceptions.</summary>
/// <param name="Code">One of <see cref="Onboarding.Protocol.ProblemCodes"/>: all that the agent is told.</param>
/// <param name="Reason">What failed first, for the log and the audit stream; never sent to an agent.</param>
/// <param name="Field">For <c>invalid_request</c>: the field path and what is wrong with it; sent to the agent.</param>
/// <param name="RetryAfter">When asking again may help.</param>
public sealed record Refusal(string Code, string Reason, string? Field = null, TimeSpan? RetryAfter = null);
