using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>What is logged and counted about issuers' keys.</summary>
internal sealed partial class IssuerKeysTelemetry(ILogger<IssuerKeysTelemetry> logger, IMeterFactory meters)
{
    private readonly Counter<long> fetches = meters.Create("Onboarding.Attestation").CreateCounter<long>(
        "onboarding.oidc.key_fetches", "{fetch}", "Fetches of issuers' key sets");

    /// <summary>Counts a fetch that has ended.</summary>
    public void CountFetch(JwtIssuerOptions issuer, bool succeeded) =>
        fetches.Add(1, new("issuer", issuer.ShortName), new("outcome", succeeded ? "success" : "failure"));

    [LoggerMessage(2101, LogLevel.Error, "The inline key set of issuer {Issuer} may not be used: {Reason}. Its tokens get 503 until the configuration changes.")]
    public partial void InlineKeysRefused(string issuer, string reason);

    [LoggerMessage(2102, LogLevel.Warning, "The keys of issuer {Issuer} could not be fetched: {Reason}. Its last ones, if any, serve for at most 6 h.")]
    public partial void KeysNotFetched(string issuer, string reason);

    [LoggerMessage(2103, LogLevel.Information, "The keys of issuer {Issuer} were fetched")]
    public partial void KeysFetched(string issuer);
}
