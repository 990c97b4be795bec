using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Onboarding.Endpoint.Operators;

namespace Onboarding.Endpoint.Telemetry.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: all readiness checks are well.</summary>
internal sealed class HealthPages(IEnumerable<IReadinessCheck> checks)
{
    private static readonly HealthReport Live = new("live", []);

    /// <summary>The page for a liveness probe.</summary>
    public OperatorsPage LivePage { get; } = new("/health/live", http => WriteAsync(http, StatusCodes.Status200OK, Live));

    /// <summary>The page for a readiness probe.</summary>
    public OperatorsPage ReadyPage => new("/health/ready", RenderReadyAsync);

    private async Task RenderReadyAsync(HttpContext http)
    {
        var problems = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var check in checks)
        {
            if (await check.FindProblemAsync(http.RequestAborted) is { } problem)
            {
                problems[check.Name] = problem;
            }
        }

        await (problems.Count == 0
            ? WriteAsync(http, StatusCodes.Status200OK, new HealthReport("ready", problems))
            : WriteAsync(http, StatusCodes.Status503ServiceUnavailable, new HealthReport("not ready", problems)));
    }

    private static Task WriteAsync(HttpContext http, int status, HealthReport report)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, HealthJson.Default.HealthReport), http.RequestAborted).AsTask();
    }
}

/// <summary>An answer about health.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>not ready</c>.</param>
/// <param name="Problems">What is wrong, by check.</param>
internal sealed record HealthReport(string Status, SortedDictionary<string, string> Problems);

/// <summary>The JSON of health.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
