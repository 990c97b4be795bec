using System.Text.Json;
using Onboarding.Core.Operators;
using Onboarding.Endpoint.Operators;

namespace Onboarding.Standalone;

/// <summary><c>/silos</c> on the operators' port: this edition has none.</summary>
internal static class NoSilosPage
{
    private static readonly byte[] None = JsonSerializer.SerializeToUtf8Bytes(ClusterReport.Standalone, JsonSerializerOptions.Web);

    /// <summary>The page.</summary>
    public static OperatorsPage Page { get; } = new(ClusterReport.Path, http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(None, http.RequestAborted).AsTask();
    });
}
