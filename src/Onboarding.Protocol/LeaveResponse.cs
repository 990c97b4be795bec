namespace Onboarding.Protocol;

/// <summary>Answer of <c>DELETE /v1/registration</c>.</summary>
/// <param name="PropagationDelay">How long to keep the sidecar running, so that the mesh stops sending first.</param>
public sealed record LeaveResponse(TimeSpan PropagationDelay);
