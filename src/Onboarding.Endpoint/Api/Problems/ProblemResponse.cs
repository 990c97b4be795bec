using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Problems;

/// <summary>Writes error answers: RFC 9457 problem details.</summary>
internal static class ProblemResponse
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(5);

    /// <summary>Answers with a refusal. Its reason stays here; only the field of a malformed request is told.</summary>
    /// <param name="http">The request.</param>
    /// <param name="correlationId">The correlation id.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="status">The server's own status for it; null: the code's.</param>
    public static Task WriteAsync(HttpContext http, string correlationId, Refusal refusal, int? status = null)
    {
        var kind = ProblemCatalog.Find(refusal.Code);
        var response = http.Response;
        response.StatusCode = status ?? kind.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (kind.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (RetryAfter(kind, refusal) is { } retry)
        {
            response.Headers.RetryAfter = retry.ToString(CultureInfo.InvariantCulture);
        }

        var body = Render(kind, response.StatusCode, correlationId, refusal.Field);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>The JSON of a problem.</summary>
    public static byte[] Render(ProblemKind kind, int status, string correlationId, string? detail) =>
        JsonSerializer.SerializeToUtf8Bytes(new Problem(kind.Code, status, kind.Title, correlationId, detail), ProtocolJson.Default.Problem);

    /// <summary>Whole seconds, at least one; 429 and 503 always say it.</summary>
    private static long? RetryAfter(ProblemKind kind, Refusal refusal)
    {
        var after = refusal.RetryAfter
            ?? (kind.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable ? DefaultRetry : null);
        return after is { } time ? Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)) : null;
    }
}
