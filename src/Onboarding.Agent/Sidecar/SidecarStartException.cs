namespace Onboarding.Agent.Sidecar;

/// <summary>The sidecar could not be started; the message says why and what to do.</summary>
internal sealed class SidecarStartException(string message, Exception? inner = null) : Exception(message, inner);
