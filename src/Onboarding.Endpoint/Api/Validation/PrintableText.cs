namespace Onboarding.Endpoint.Api.Validation;

/// <summary>Text of a client's that goes into a log line or is said back: bounded, and without what a terminal would obey.</summary>
internal static class PrintableText
{
    private const int MaxLength = 256;
    private const char Replacement = '?';

    /// <summary>The text, cut, with control characters replaced.</summary>
    public static string Of(string text)
    {
        var kept = text.Length > MaxLength ? text[..MaxLength] : text;
        return kept.Any(char.IsControl)
            ? string.Create(kept.Length, kept, static (span, from) =>
            {
                for (var index = 0; index < span.Length; index++)
                {
                    span[index] = char.IsControl(from[index]) ? Replacement : from[index];
                }
            })
            : kept;
    }
}
