using System.Security.Cryptography.X509Certificates;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>Who may vouch for STS's servers.</summary>
/// <param name="Chain">How their certificates are verified; null: by the system's trust store.</param>
internal sealed record StsTrust(X509ChainPolicy? Chain);
