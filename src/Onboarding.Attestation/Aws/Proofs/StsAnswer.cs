using System.Collections.Frozen;
using System.Net;
using System.Text.Json;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>What STS answered. Only what is exactly of STS's form is a verdict; all else, from whomever it comes, is none.</summary>
/// <param name="Caller">Whose credentials they are; null: it did not say.</param>
/// <param name="Refused">The code with which STS refused the request; null: it did not refuse.</param>
/// <param name="Failure">Why there is no verdict; null: there is.</param>
internal sealed record StsAnswer(CallerIdentity? Caller, string? Refused, string? Failure)
{
    private const string Json = "application/json";
    private const string WrongSignature = "SignatureDoesNotMatch";

    // Codes that speak of the request and not of STS's state (IAM and STS API references, common errors).
    private static readonly FrozenSet<string> Verdicts = FrozenSet.Create(
        StringComparer.Ordinal,
        WrongSignature, "InvalidClientTokenId", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "InvalidSignatureException",
        "MissingAuthenticationToken", "UnrecognizedClientException", "AccessDenied", "AccessDeniedException", "RequestExpired");

    /// <summary>Whether the request was signed for something else, or by nobody.</summary>
    public bool IsWrongSignature => Refused == WrongSignature;

    /// <summary>Reads an answer.</summary>
    public static StsAnswer Read(HttpStatusCode status, string? mediaType, ReadOnlyMemory<byte> body)
    {
        if (!string.Equals(mediaType, Json, StringComparison.OrdinalIgnoreCase))
        {
            return None($"it answered {(int)status} with something else than JSON");
        }

        using var document = JsonText.TryParseObject(body);
        return document is null ? None($"it answered {(int)status} with broken JSON")
            : status == HttpStatusCode.OK ? ReadResult(document.RootElement)
            : ReadError(status, document.RootElement);
    }

    /// <summary>No verdict.</summary>
    public static StsAnswer None(string failure) => new(null, null, failure);

    /// <summary><c>{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account","Arn","UserId"},"ResponseMetadata":{"RequestId"}}}</c> and not a member more.</summary>
    private static StsAnswer ReadResult(JsonElement root) =>
        TryGetOnly(root, 1, "GetCallerIdentityResponse"u8, out var response)
        && TryGetOnly(response, 2, "GetCallerIdentityResult"u8, out var result)
        && TryGetOnly(response, 2, "ResponseMetadata"u8, out var metadata)
        && TryGetOnly(metadata, 1, "RequestId"u8, out var id) && id.ValueKind == JsonValueKind.String
        && TryGetText(result, "Account"u8, out var account)
        && TryGetText(result, "Arn"u8, out var arn)
        && TryGetText(result, "UserId"u8, out var user)
            ? new StsAnswer(new CallerIdentity(account, arn, user), null, null)
            : None("it answered in another shape");

    /// <summary><c>{"Error":{"Code",…},"RequestId"}</c>.</summary>
    private static StsAnswer ReadError(HttpStatusCode status, JsonElement root)
    {
        var isRequests = status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        var code = root.TryGetProperty("Error"u8, out var error) && error.ValueKind == JsonValueKind.Object && JsonText.TryGet(error, "Code"u8, out var text) ? text : null;
        return isRequests && code is not null && Verdicts.Contains(code)
            ? new StsAnswer(null, code, null)
            : None($"it answered {(int)status}");
    }

    private static bool TryGetOnly(JsonElement element, int members, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.GetPropertyCount() == members && element.TryGetProperty(name, out value);
    }

    private static bool TryGetText(JsonElement result, ReadOnlySpan<byte> name, out string text)
    {
        text = TryGetOnly(result, 3, name, out var value) && JsonText.TryGet(value, out var found) ? found : "";
        return text.Length > 0;
    }
}
