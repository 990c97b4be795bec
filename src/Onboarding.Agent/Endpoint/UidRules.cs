using Microsoft.Extensions.Logging;

namespace Onboarding.Agent.Endpoint;

/// <summary>
/// Whether an endpoint's uid is believed. It decides whom a credential is made for: one made for a stranger's uid can be shown by that stranger
/// to its real audience.
/// </summary>
internal sealed partial class UidRules(EndpointTarget target, string? pinned, ServerTrust trust, ILogger logger)
{
    private const int MaxLength = 512;
    private bool warned;

    /// <summary>Accepts the uid, with a warning at each start where nothing vouches for it.</summary>
    /// <exception cref="UntrustedEndpointException">It is not the pinned one, or its host is not the certificate's.</exception>
    public void Require(string uid)
    {
        if (uid.Length is 0 or > MaxLength || uid.Any(char.IsControl))
        {
            throw new UntrustedEndpointException("the endpoint's uid is empty, too long or has control characters");
        }

        if (pinned is not null)
        {
            if (uid != pinned)
            {
                throw new UntrustedEndpointException(
                    $"the endpoint says its uid is '{uid}', but onboardingEndpoint.uid is '{pinned}'; correct the one that is wrong");
            }

            return;
        }

        if (Uri.TryCreate(uid, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && target is { UsesTls: true, SkipsVerification: false })
        {
            if (!trust.Covers(uri.IdnHost))
            {
                throw new UntrustedEndpointException(
                    $"the endpoint says its uid is '{uid}', but its certificate is not good for {uri.IdnHost}; set onboardingEndpoint.uid if that is right");
            }

            return;
        }

        if (!warned)
        {
            warned = true;
            NothingVouches(logger, uid);
        }
    }

    [LoggerMessage(1211, LogLevel.Warning, "Nothing vouches for the endpoint's uid '{Uid}', for which credentials are made; set onboardingEndpoint.uid")]
    private static partial void NothingVouches(ILogger logger, string uid);
}
