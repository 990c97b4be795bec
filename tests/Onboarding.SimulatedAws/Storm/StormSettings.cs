namespace Onboarding.SimulatedAws.Storm;

/// <summary>What a storm is like.</summary>
/// <param name="Agents">How many instances restart.</param>
/// <param name="Within">Over how long their first attempts are spread.</param>
/// <param name="StsLatency">How long STS takes over an answer.</param>
/// <param name="ThrottledShare">The share of its answers, 0 to 1, that are a refusal for the moment.</param>
/// <param name="Limit">From the first attempt, how long until all must have joined.</param>
internal sealed record StormSettings(int Agents, TimeSpan Within, TimeSpan StsLatency, double ThrottledShare, TimeSpan Limit);
