namespace Onboarding.Protocol;

/// <summary>An error answer: RFC 9457 problem details, <c>application/problem+json</c>.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>; stable.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short text for people; equal for equal codes.</param>
/// <param name="Instance">Random correlation id, also in the endpoint's log.</param>
/// <param name="Detail">For <see cref="ProblemCodes.InvalidRequest"/> the field path and what is wrong with it.</param>
public sealed record Problem(string Code, int Status, string Title, string Instance, string? Detail = null);
