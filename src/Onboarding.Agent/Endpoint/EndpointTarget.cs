namespace Onboarding.Agent.Endpoint;

/// <summary>Where the endpoint is, and how it is trusted.</summary>
/// <param name="Host">DNS name or address that is dialled.</param>
/// <param name="Port">TCP port.</param>
/// <param name="UsesTls">False only where the user asked for no transport security.</param>
/// <param name="ServerName">The name the certificate is verified against, and that is sent in the TLS handshake; null: the host.</param>
/// <param name="SkipsVerification">Accepts any certificate; for tests only.</param>
/// <param name="RootsFile">PEM file that takes the system's trust store's place.</param>
/// <param name="Roots">PEM text that takes the file's place.</param>
internal sealed record EndpointTarget(
    string Host,
    int Port,
    bool UsesTls = true,
    string? ServerName = null,
    bool SkipsVerification = false,
    string? RootsFile = null,
    string? Roots = null)
{
    /// <summary>The name the endpoint is known by: lower case, without port or final dot.</summary>
    public string Name => (ServerName ?? Host).ToLowerInvariant().TrimEnd('.');

    /// <summary>The address of a call.</summary>
    public Uri UriOf(string path) => new UriBuilder(UsesTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Bracketed(Host), Port, path).Uri;

    /// <summary>The header <c>Host</c>.</summary>
    public string HostHeader => $"{Bracketed(Name)}:{Port}";

    public override string ToString() => $"{Bracketed(Host)}:{Port}";

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host;
}
