namespace Onboarding.Agent.Processes;

/// <summary>A program could not be run, took too long or said too much.</summary>
internal sealed class ProgramFailedException(string message, Exception? inner = null) : Exception(message, inner);
