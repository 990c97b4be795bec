using System.Text.Encodings.Web;

namespace Onboarding.Core.Policy;

/// <summary>Text of others in our messages: quoted, without control characters, and cut, so that it can neither forge a log line nor flood one.</summary>
internal static class Quoted
{
    private const int MaxLength = 200;
    private const int MaxItems = 5;

    public static string Of(string text)
    {
        var shown = text.Length <= MaxLength ? text : text[..MaxLength] + "…";
        return $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(shown)}\"";
    }

    /// <summary>The first of several, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> texts)
    {
        var shown = string.Join(", ", texts.Take(MaxItems).Select(Of));
        return texts.Count <= MaxItems ? shown : $"{shown} and {texts.Count - MaxItems} more";
    }
}
