namespace Onboarding.Protocol.Bundle;

/// <summary>What may be delivered of a bundle.</summary>
/// <param name="Bundle">The bundle, with its revision as it was.</param>
/// <param name="Dropped">What may not.</param>
public sealed record FilteredBundle(BootBundle Bundle, IReadOnlyList<DroppedPart> Dropped);
