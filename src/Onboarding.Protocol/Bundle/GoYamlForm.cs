using System.Text;

namespace Onboarding.Protocol.Bundle;

/// <summary>Which styles the syntax of YAML allows for a string.</summary>
/// <param name="AllowsPlain">Without quotes.</param>
/// <param name="AllowsLiteral">As a literal block.</param>
/// <param name="NeedsEscapes">Only in double quotes.</param>
internal readonly record struct GoYamlForm(bool AllowsPlain, bool AllowsLiteral, bool NeedsEscapes)
{
    public static GoYamlForm Of(string value)
    {
        var needsEscapes = HasEscaped(value);
        var spaceBeforeBreak = value.Contains(" \n", StringComparison.Ordinal);
        var edges = value.Length > 0 && (value[0] is ' ' or '\n' || value[^1] is ' ' or '\n');
        return new GoYamlForm(
            AllowsPlain: !needsEscapes && !edges && !value.Contains('\n', StringComparison.Ordinal) && !HasIndicator(value),
            AllowsLiteral: !needsEscapes && !spaceBeforeBreak && !value.EndsWith(' '),
            NeedsEscapes: needsEscapes);
    }

    /// <summary>Whether a character is only written escaped: control characters, line breaks but the line feed, the byte order mark, all beyond the first plane.</summary>
    public static bool IsEscaped(Rune rune) =>
        rune.Value is not '\n' && rune.Value is < 0x20 or (> 0x7e and < 0xa0) or 0x2028 or 0x2029 or 0xfeff or >= 0xfffe;

    private static bool HasEscaped(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        foreach (var rune in value.EnumerateRunes())
        {
            if (IsEscaped(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a plain string would be taken for something of the syntax.</summary>
    private static bool HasIndicator(string value)
    {
        if (value.StartsWith("---", StringComparison.Ordinal) || value.StartsWith("...", StringComparison.Ordinal))
        {
            return true;
        }

        for (var index = 0; index < value.Length; index++)
        {
            var isLast = index == value.Length - 1 || value[index + 1] == ' ';
            var found = value[index] switch
            {
                ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => index == 0,
                '#' => index == 0 || value[index - 1] == ' ',
                '-' or '?' => index == 0 && isLast,
                ':' => isLast,
                _ => false,
            };
            if (found)
            {
                return true;
            }
        }

        return false;
    }
}
