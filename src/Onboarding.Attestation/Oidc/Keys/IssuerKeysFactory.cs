using System.Net;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>Inline keys, or keys that are fetched over HTTPS.</summary>
internal sealed class IssuerKeysFactory(TimeProvider time, IssuerKeysTelemetry telemetry) : IIssuerKeysFactory
{
    public IIssuerKeys Create(JwtIssuerOptions issuer) => issuer.Jwks is { } jwks
        ? new InlineKeys(jwks, issuer.Issuer, telemetry)
        : new FetchedKeys(issuer, new HttpKeySource(issuer, new AddressGuard(SpelledOut(issuer), Dns.GetHostAddressesAsync), HttpClient.DefaultProxy), time, telemetry);

    /// <summary>The addresses that the issuer's configuration names itself.</summary>
    internal static IEnumerable<IPAddress> SpelledOut(JwtIssuerOptions issuer)
    {
        foreach (var uri in new[] { new Uri(issuer.Issuer), issuer.JwksUri })
        {
            if (uri is not null && IPAddress.TryParse(uri.DnsSafeHost, out var address))
            {
                yield return address;
            }
        }
    }
}
