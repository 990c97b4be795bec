using System.Collections.Immutable;
using System.Net.Security;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;

namespace Onboarding.Endpoint.Tls;

/// <summary>The certificate in use. A change is for new connections; those that are open keep theirs and live on.</summary>
internal sealed partial class TlsCertificateSource(
    EndpointSettings settings,
    IOptionsSource options,
    TimeProvider time,
    ILogger<TlsCertificateSource> logger)
{
    private volatile TlsCertificate? current;
    private string? reportedFingerprint;
    private ImmutableArray<string> checkedHosts = [];

    /// <summary>The certificate in use.</summary>
    public TlsCertificate Current => current ?? throw new TlsCertificateException($"{settings.TlsDirectory}: no certificate has been loaded");

    /// <summary>What a TLS handshake needs.</summary>
    public SslServerAuthenticationOptions HandshakeOptions => Current.Options;

    /// <summary>Loads the certificate for the first time.</summary>
    /// <exception cref="TlsCertificateException">There is no usable one.</exception>
    public void Load() => Use(TlsFiles.Read(settings.TlsDirectory).Load());

    /// <summary>Takes over changed files; what is wrong with them is reported once, and the certificate in use stays.</summary>
    /// <returns>Whether another certificate is in use now.</returns>
    public bool Reload()
    {
        WarnOfUncoveredHosts();
        string? fingerprint = null;
        try
        {
            var files = TlsFiles.Read(settings.TlsDirectory);
            fingerprint = files.Fingerprint;
            if (string.Equals(fingerprint, Current.Fingerprint, StringComparison.Ordinal))
            {
                reportedFingerprint = null;
                return false;
            }

            Use(files.Load());
            return true;
        }
        catch (TlsCertificateException exception)
        {
            var report = fingerprint ?? exception.Message;
            if (!string.Equals(report, reportedFingerprint, StringComparison.Ordinal))
            {
                reportedFingerprint = report;
                LogKept(logger, exception.Message, Current.Certificate.NotAfter.ToUniversalTime());
            }

            return false;
        }
    }

    private void Use(TlsCertificate certificate)
    {
        current = certificate;
        reportedFingerprint = null;
        var expiry = certificate.Certificate.NotAfter.ToUniversalTime();
        LogInUse(logger, certificate.Certificate.Subject, expiry);
        if (expiry <= time.GetUtcNow().UtcDateTime)
        {
            LogExpired(logger, settings.TlsDirectory, expiry);
        }

        checkedHosts = [];
        WarnOfUncoveredHosts();
    }

    // The hosts change without the certificate, as the certificate does without them.
    private void WarnOfUncoveredHosts()
    {
        var hosts = options.Current.EndpointHosts;
        if (hosts.SequenceEqual(checkedHosts, StringComparer.Ordinal))
        {
            return;
        }

        checkedHosts = hosts;
        foreach (var host in Current.Uncovered(hosts))
        {
            LogNotCovered(logger, host);
        }
    }

    [LoggerMessage(3101, LogLevel.Information, "TLS certificate {Subject} is in use; it expires at {Expiry:O}.")]
    private static partial void LogInUse(ILogger logger, string subject, DateTime expiry);

    [LoggerMessage(3102, LogLevel.Error, "The new TLS certificate is not taken over: {Problem} The old one stays in use; it expires at {Expiry:O}.")]
    private static partial void LogKept(ILogger logger, string problem, DateTime expiry);

    [LoggerMessage(3103, LogLevel.Error, "The TLS certificate in {Directory} expired at {Expiry:O}; agents refuse it. Replace tls.crt and tls.key.")]
    private static partial void LogExpired(ILogger logger, string directory, DateTime expiry);

    [LoggerMessage(3104, LogLevel.Warning, "The TLS certificate does not cover {Host} of onboarding.endpoint.hosts; agents that dial it refuse the connection.")]
    private static partial void LogNotCovered(ILogger logger, string host);
}
