using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Onboarding.Core.Configuration;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Whose word about a client's address is taken.</summary>
internal static class TrustedProxies
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>Whether an address is a trusted proxy's.</summary>
    public static bool IsTrusted(this ClientAddressOptions options, IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        foreach (var network in options.TrustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The client's address of a request. <c>X-Forwarded-For</c> is read from its end, where our own proxies append,
    /// and only as far as it was written by a trusted one.
    /// </summary>
    public static IPAddress ClientOf(this ClientAddressOptions options, HttpContext http)
    {
        var address = http.Features.GetRequiredFeature<ClientConnection>().Address ?? IPAddress.None;
        if (options.From != ClientAddressSource.XForwardedFor)
        {
            return address;
        }

        var hops = http.Request.Headers[ForwardedFor].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var index = hops.Length - 1; index >= 0 && options.IsTrusted(address); index--)
        {
            if (!IPAddress.TryParse(hops[index], out var hop))
            {
                break;
            }

            address = AddressBlock.Normalize(hop);
        }

        return address;
    }
}
