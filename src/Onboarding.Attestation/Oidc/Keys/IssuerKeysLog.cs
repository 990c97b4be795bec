using Microsoft.Extensions.Logging;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>What is logged about issuers' keys.</summary>
internal sealed partial class IssuerKeysLog(ILogger<IssuerKeysLog> logger)
{
    [LoggerMessage(2101, LogLevel.Error, "The inline key set of issuer {Issuer} may not be used: {Reason}. Its tokens get 503 until the configuration changes.")]
    public partial void InlineKeysRefused(string issuer, string reason);

    [LoggerMessage(2102, LogLevel.Warning, "The keys of issuer {Issuer} could not be fetched: {Reason}. Its last ones, if any, serve for at most 6 h.")]
    public partial void KeysNotFetched(string issuer, string reason);

    [LoggerMessage(2103, LogLevel.Information, "The keys of issuer {Issuer} can be fetched again")]
    public partial void KeysFetchedAgain(string issuer);
}
