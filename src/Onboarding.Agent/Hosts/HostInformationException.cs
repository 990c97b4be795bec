namespace Onboarding.Agent.Hosts;

/// <summary>The VM's addresses could not be found; the message says why and what to do.</summary>
internal sealed class HostInformationException(string message, Exception? inner = null) : Exception(message, inner);
