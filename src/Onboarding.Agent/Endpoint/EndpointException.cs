using System.Net;
using Onboarding.Protocol;

namespace Onboarding.Agent.Endpoint;

/// <summary>A call to the endpoint that did not succeed.</summary>
/// <param name="message">What happened, for the log.</param>
/// <param name="kind">How it failed.</param>
/// <param name="inner">The cause.</param>
internal sealed class EndpointException(string message, EndpointFailure kind, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How it failed.</summary>
    public EndpointFailure Kind => kind;

    /// <summary>The HTTP status, where there was an answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The problem's code, where the answer was one.</summary>
    public string? Code { get; init; }

    /// <summary>When to come back, bounded.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether only a fresh credential helps: any 401, and a registration that is gone.</summary>
    public bool EndsSession => Status == HttpStatusCode.Unauthorized || Code == ProblemCodes.RegistrationGone;

    /// <summary>Whether the workload may not be here.</summary>
    public bool IsNotAuthorized => Code == ProblemCodes.NotAuthorized;

    /// <summary>Whether a later session holds the workload.</summary>
    public bool IsSuperseded => Code == ProblemCodes.Superseded;

    /// <summary>What the log tells failures apart by: the code, else the kind.</summary>
    public string Reason => Code ?? (Status is { } status ? $"{kind} {(int)status}" : kind.ToString());
}
