using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>
/// A key set over HTTPS: at the configured <c>jwksUri</c>, else where OIDC discovery says. Each fetch makes its own connections, so
/// that each is checked when it is made; neither redirects nor cookies. Where the operator has set a proxy (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>),
/// it is the proxy that resolves names, and the connection to it that needs no check.
/// </summary>
internal sealed class HttpKeySource(JwtIssuerOptions issuer, AddressGuard guard, IWebProxy proxy) : IKeySource
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";
    private const int MaxHeadersKiB = 16;

    public async Task<KeySet> FetchAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var keys = issuer.JwksUri ?? await DiscoverAsync(client, cancellationToken);
        return JwkSetReader.Read(await GetAsync(client, keys, cancellationToken));
    }

    private Task<ReadOnlyMemory<byte>> GetAsync(HttpClient client, Uri uri, CancellationToken cancellationToken)
    {
        if (ProxyOf(uri) is not null)
        {
            guard.RequireGoodLiteral(uri.DnsSafeHost);
        }

        return HttpDocument.GetAsync(client, uri, cancellationToken);
    }

    /// <summary>The <c>jwks_uri</c> of the issuer's discovery document (OpenID Connect Discovery 1.0 section 4).</summary>
    private async Task<Uri> DiscoverAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var at = new Uri(issuer.Issuer.TrimEnd('/') + DiscoveryPath);
        using var document = JsonText.TryParseObject(await GetAsync(client, at, cancellationToken))
            ?? throw new KeySetException($"{at} is not a JSON object of unique members");
        if (!JsonText.TryGet(document.RootElement, "issuer"u8, out var named) || !string.Equals(named, issuer.Issuer, StringComparison.Ordinal))
        {
            throw new KeySetException($"the \"issuer\" of {at} is not the configured one, byte for byte");
        }

        return ReadKeysUri(document.RootElement)
            ?? throw new KeySetException($"the \"jwks_uri\" of {at} is not an https URI");
    }

    private static Uri? ReadKeysUri(JsonElement document) =>
        JsonText.TryGet(document, "jwks_uri"u8, out var text)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        && uri.UserInfo.Length == 0
            ? uri
            : null;

    private SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            Proxy = proxy,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeadersKiB,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        handler.SslOptions.CertificateChainPolicy = issuer.CaFile is { } file ? TrustOnly(file) : null;
        return handler;
    }

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isProxy = context.DnsEndPoint.Equals(ProxyOf(new Uri(issuer.Issuer))) || (issuer.JwksUri is { } keys && context.DnsEndPoint.Equals(ProxyOf(keys)));
        return isProxy ? AddressGuard.ConnectAnywayAsync(context.DnsEndPoint, cancellationToken) : guard.ConnectAsync(context.DnsEndPoint, cancellationToken);
    }

    private DnsEndPoint? ProxyOf(Uri uri) =>
        !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { } at && at != uri ? new DnsEndPoint(at.IdnHost, at.Port) : null;

    private static X509ChainPolicy TrustOnly(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception exception)
        {
            throw new KeySetException($"caFile {file} cannot be read: {exception.Message}");
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new KeySetException($"caFile {file} has no certificate");
    }
}
