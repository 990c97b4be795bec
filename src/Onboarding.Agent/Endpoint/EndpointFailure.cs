namespace Onboarding.Agent.Endpoint;

/// <summary>How a call to the endpoint failed.</summary>
internal enum EndpointFailure
{
    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>TLS: its certificate is not trusted, or not for its name.</summary>
    NotTrusted,

    /// <summary>It answered with an error.</summary>
    Refused,

    /// <summary>Its answer is not of the protocol: a redirect, too large, not the JSON expected.</summary>
    Malformed,
}
