namespace Onboarding.Agent.Configuration;

/// <summary>The configuration is missing or wrong; each line of the message is one problem, with file, line and field.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
