using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Onboarding.Attestation;

/// <summary>Strings of JSON documents that others wrote. What is not a string, or is no Unicode text, does not exist.</summary>
internal static class JsonText
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Reads a document whose root is an object. Duplicate members, whatever their escapes, are refused.</summary>
    public static JsonDocument? TryParseObject(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second: a member's name with half a surrogate pair.
            return null;
        }
    }

    /// <summary>The text of a string.</summary>
    public static bool TryGet(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8, or half a surrogate pair.
        }

        return text is not null;
    }

    /// <summary>The text of a member that is a string.</summary>
    public static bool TryGet(JsonElement element, ReadOnlySpan<byte> member, [NotNullWhen(true)] out string? text)
    {
        text = null;
        return element.TryGetProperty(member, out var value) && TryGet(value, out text);
    }

    /// <summary>Whether a text has a control character (C0, DEL, C1).</summary>
    public static bool HasControl(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f');
}
