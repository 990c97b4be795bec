namespace Onboarding.Agent.Credentials;

/// <summary>No credential could be had; the message says from whom and why.</summary>
internal sealed class CredentialUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
