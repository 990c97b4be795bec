using System.Collections.Immutable;
using System.Net;
using Onboarding.Protocol.Aws;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Configuration.Reading;

/// <summary>Checks of the configuration's values; each says what is wrong, null: nothing.</summary>
internal static class OptionChecks
{
    public static string? Host(string text) =>
        IPAddress.TryParse(text, out _) || KubernetesName.CheckSubdomain(text.ToLowerInvariant()) is null
            ? null
            : "must be a DNS name or an IP address, without scheme, brackets and port";

    public static string? Uid(string text) => text switch
    {
        "" => "must not be empty",
        { Length: > 512 } => "must have at most 512 characters",
        _ when text.Any(letter => !char.IsAscii(letter) || char.IsControl(letter)) => "must be ASCII without control characters",
        _ => null,
    };

    public static string? HttpsUri(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            ? null
            : "must be an https:// URI";

    /// <summary>Where to connect instead of a region's STS: of the URI only host and port would count.</summary>
    public static string? StsEndpoint(string region, string text) =>
        !AwsRegion.TryParse(region, out _) ? "is not named after a region"
        : HttpsUri(text) ?? (new Uri(text).PathAndQuery == "/" ? null : "must have neither path nor query");

    public static string? NotEmpty(string text) => text.Length == 0 ? "must not be empty" : null;

    public static ImmutableArray<IPNetwork> Networks(FieldReader reader, string name, bool required = false) =>
        [.. reader.Texts(name, required, Network).Select(IPNetwork.Parse)];

    private static string? Network(string text) =>
        IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(IPAddress.Parse(text[..text.IndexOf('/', StringComparison.Ordinal)]))
            ? null
            : "must be a CIDR such as 192.0.2.0/24 or 2001:db8::/32, with nothing after the prefix";
}
