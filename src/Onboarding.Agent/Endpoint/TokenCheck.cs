using System.Text.Json;
using Onboarding.Protocol;

namespace Onboarding.Agent.Endpoint;

/// <summary>
/// Checks that a token is ours: it carries the session's own key and group. (Its signature is for the endpoint alone.) A mixed-up answer is
/// noticed here and not by somebody else's registration.
/// </summary>
internal static class TokenCheck
{
    private const int Limit = 16 << 10;

    public static void Require(SessionResponse session, string thumbprint, WorkloadGroupReference group)
    {
        if (Mismatch(session.Token, thumbprint, group) is { } mismatch)
        {
            throw new EndpointException($"the endpoint's token {mismatch}", EndpointFailure.Malformed);
        }
    }

    private static string? Mismatch(string token, string thumbprint, WorkloadGroupReference group)
    {
        if (token.Length > Limit || token.Split('.') is not [_, var payload, _] || !Base64UrlText.TryDecode(payload, out var json))
        {
            return "is not a JSON Web Token";
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var claims = document.RootElement;
            if (Text(claims, "cnf", "jkt") != thumbprint)
            {
                return "is bound to another key";
            }

            var isOurs = Text(claims, "claims", "workload_group", "namespace") == group.Namespace
                && Text(claims, "claims", "workload_group", "name") == group.Name;
            return isOurs ? null : "is for another workload group";
        }
        catch (JsonException)
        {
            return "has no claims";
        }
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}
