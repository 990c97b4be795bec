using Onboarding.Yaml.AgentFiles;

namespace Onboarding.Agent.Configuration;

/// <summary>The two configuration files of a VM.</summary>
/// <param name="Onboarding">What its user says: where to join.</param>
/// <param name="Agent">What its package or image says: what kind of machine it is.</param>
/// <param name="Roots">PEM text of the roots to trust, from the environment.</param>
internal sealed record AgentFiles(OnboardingConfiguration Onboarding, AgentConfiguration Agent, string? Roots);
