using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Problems;

/// <summary>The status and the title of every code: equal codes look equal, whatever was behind them.</summary>
internal static class ProblemCatalog
{
    private static readonly FrozenDictionary<string, ProblemKind> Kinds = new ProblemKind[]
    {
        new(ProblemCodes.InvalidRequest, StatusCodes.Status400BadRequest, "The request is malformed."),
        new(ProblemCodes.AddressNotVerified, StatusCodes.Status400BadRequest, "The address to publish could not be verified."),
        new(ProblemCodes.CredentialRejected, StatusCodes.Status401Unauthorized, "The credential was not accepted."),
        new(ProblemCodes.TokenInvalid, StatusCodes.Status401Unauthorized, "The onboarding token or its proof is not valid."),
        new(ProblemCodes.TokenExpired, StatusCodes.Status401Unauthorized, "The onboarding token has expired."),
        new(ProblemCodes.SessionEnded, StatusCodes.Status401Unauthorized, "The session was ended."),
        new(ProblemCodes.ReattestationRequired, StatusCodes.Status401Unauthorized, "A new session with a fresh credential is needed."),
        new(ProblemCodes.NotAuthorized, StatusCodes.Status403Forbidden, "The workload is not authorized to join this group."),
        new(ProblemCodes.RegistrationGone, StatusCodes.Status404NotFound, "The workload is not registered."),
        new(ProblemCodes.NotFound, StatusCodes.Status404NotFound, "There is nothing at this path."),
        new(ProblemCodes.MethodNotAllowed, StatusCodes.Status405MethodNotAllowed, "The path does not have this method."),
        new(ProblemCodes.Superseded, StatusCodes.Status409Conflict, "A newer session holds the workload."),
        new(ProblemCodes.IdentityInUse, StatusCodes.Status409Conflict, "The identity is in use."),
        new(ProblemCodes.AddressInUse, StatusCodes.Status409Conflict, "The address is in use."),
        new(ProblemCodes.TooLarge, StatusCodes.Status413PayloadTooLarge, "The request is too large."),
        new(ProblemCodes.UnsupportedMediaType, StatusCodes.Status415UnsupportedMediaType, "The body must be application/json."),
        new(ProblemCodes.AgentTooOld, StatusCodes.Status426UpgradeRequired, "The agent is too old for this endpoint."),
        new(ProblemCodes.RateLimited, StatusCodes.Status429TooManyRequests, "Too many requests."),
        new(ProblemCodes.Internal, StatusCodes.Status500InternalServerError, "The endpoint failed."),
        new(ProblemCodes.Unavailable, StatusCodes.Status503ServiceUnavailable, "The endpoint cannot answer now."),
    }.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>Every code.</summary>
    public static IEnumerable<ProblemKind> All => Kinds.Values;

    /// <summary>What is said of a code; one that is not in the catalog is a fault of ours.</summary>
    public static ProblemKind Find(string code) => Kinds.GetValueOrDefault(code) ?? Kinds[ProblemCodes.Internal];

    /// <summary>The code for a status that the server itself gives, before or while it reads a request.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status414UriTooLong or StatusCodes.Status431RequestHeaderFieldsTooLarge => ProblemCodes.TooLarge,
        StatusCodes.Status405MethodNotAllowed => ProblemCodes.MethodNotAllowed,
        StatusCodes.Status415UnsupportedMediaType => ProblemCodes.UnsupportedMediaType,
        >= 500 => ProblemCodes.Internal,
        _ => ProblemCodes.InvalidRequest,
    };
}

/// <summary>What is said of a code.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The title.</param>
internal sealed record ProblemKind(string Code, int Status, string Title);
