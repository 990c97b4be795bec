using System.Collections.Frozen;

namespace Onboarding.Core.Configuration;

/// <summary>What the trust bundle says, as far as it decides about identities that were proven before.</summary>
/// <param name="Digest">SHA-256 over its regions and certificates, lower-case hex: the same bundle in every process.</param>
/// <param name="Regions">The regions it vouches for.</param>
public sealed record AwsTrust(string Digest, FrozenSet<string> Regions);
