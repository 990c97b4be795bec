namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Jitter that a test chooses: 0 is the least, 1 the most.</summary>
internal sealed class FixedRandom(double value) : Random
{
    public override double NextDouble() => value;
}
