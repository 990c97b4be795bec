namespace Onboarding.Agent.Files;

/// <summary>A program is missing, or others than root and the agent's user may change it.</summary>
internal sealed class UntrustedExecutableException(string message) : Exception(message);
