namespace Onboarding.Core.Resources.Reading;

/// <summary>Checks of single values; each says what is wrong, null: nothing.</summary>
internal static class ValueChecks
{
    /// <summary>An issuer: compared byte for byte, so what could be written in two ways is refused.</summary>
    public static string? Issuer(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal)
            && text.All(letter => char.IsAscii(letter) && !char.IsControl(letter) && letter is not (' ' or '?' or '#' or '\\'))
            && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && uri.UserInfo.Length == 0
            ? null
            : "must be an https:// URI without query and fragment";

    public static string? Account(string text) =>
        text.Length == 12 && text.All(char.IsAsciiDigit) ? null : "must be an AWS account: 12 digits";

    public static string? Subject(string text) =>
        text.All(letter => char.IsAscii(letter) && !char.IsControl(letter)) ? null : "must be ASCII without control characters";
}
