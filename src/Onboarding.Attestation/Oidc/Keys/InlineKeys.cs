using System.Text;
using Onboarding.Core;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>Keys that stand in the configuration.</summary>
internal sealed class InlineKeys : IIssuerKeys
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private readonly KeySet? keys;

    /// <summary>Keys of a key set's text; when it may not be used, the issuer is unavailable until the configuration changes.</summary>
    public InlineKeys(string jwks, string issuer, IssuerKeysTelemetry telemetry)
    {
        try
        {
            keys = JwkSetReader.Read(Encoding.UTF8.GetBytes(jwks));
        }
        catch (KeySetException exception)
        {
            telemetry.InlineKeysRefused(issuer, exception.Message);
        }
    }

    public ValueTask<Outcome<VerificationKey>> FindAsync(string? keyId, JwtAlgorithm algorithm, CancellationToken cancellationToken) => new(
        keys is null
            ? JwtRefusal.Unavailable(FetchedKeys.CheckName, "the configured key set may not be used", RetryAfter)
            : FetchedKeys.ToOutcome(keys.Find(keyId, algorithm)));

    public void Dispose()
    {
    }
}
