namespace Onboarding.Protocol;

/// <summary>The stable codes of error answers.</summary>
public static class ProblemCodes
{
    /// <summary>400: the request is malformed; the detail has the field path.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>400: the address that would be published is not believed.</summary>
    public const string AddressNotVerified = "address_not_verified";

    /// <summary>401: the credential does not prove an identity.</summary>
    public const string CredentialRejected = "credential_rejected";

    /// <summary>401: the onboarding token or its proof is not valid.</summary>
    public const string TokenInvalid = "token_invalid";

    /// <summary>401: the onboarding token has expired.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>401: the session was ended.</summary>
    public const string SessionEnded = "session_ended";

    /// <summary>401: the session is not known, or needs a fresh credential.</summary>
    public const string ReattestationRequired = "reattestation_required";

    /// <summary>403: no policy allows it, or there is no such group; the two look alike.</summary>
    public const string NotAuthorized = "not_authorized";

    /// <summary>404: the session has no registration.</summary>
    public const string RegistrationGone = "registration_gone";

    /// <summary>404: there is no such path.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: the path does not have that method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>409: a session with a higher epoch holds the workload.</summary>
    public const string Superseded = "superseded";

    /// <summary>409: another machine holds the identity, or another identity the name.</summary>
    public const string IdentityInUse = "identity_in_use";

    /// <summary>409: another workload holds the address.</summary>
    public const string AddressInUse = "address_in_use";

    /// <summary>413: the body is too large.</summary>
    public const string TooLarge = "too_large";

    /// <summary>415: the body is not JSON.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>426: the agent is older than the endpoint serves.</summary>
    public const string AgentTooOld = "agent_too_old";

    /// <summary>429: too many requests; <c>Retry-After</c> says when to come back.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>500: a fault of the endpoint.</summary>
    public const string Internal = "internal";

    /// <summary>503: not now; <c>Retry-After</c> says when to come back.</summary>
    public const string Unavailable = "unavailable";
}
