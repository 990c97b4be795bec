namespace Onboarding.Agent.Endpoint;

/// <summary>The endpoint is not the one this VM was configured for; the agent makes no credential for it and stops.</summary>
internal sealed class UntrustedEndpointException(string message) : Exception(message);
