namespace Onboarding.Protocol.Dpop;

/// <summary>What a proof must say of the call it came with.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Hosts">The endpoint's DNS names and addresses; the proof names one of them, in any case.</param>
/// <param name="Path">The path, byte for byte.</param>
/// <param name="Token">The onboarding token that the call carries.</param>
/// <param name="Now">The verifier's clock; the proof was made within 60 s of it.</param>
public sealed record DpopExpectations(string Method, IReadOnlyCollection<string> Hosts, string Path, string Token, DateTimeOffset Now);
