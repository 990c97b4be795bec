namespace Onboarding.Endpoint.Api.Problems;

/// <summary>Ids that join an answer to its log and audit lines.</summary>
internal static class CorrelationId
{
    /// <summary>A random one: 32 hex digits.</summary>
    public static string Create() => Guid.NewGuid().ToString("n");
}
