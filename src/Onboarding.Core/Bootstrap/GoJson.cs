using System.Globalization;
using System.Text;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Bootstrap;

/// <summary>Strings in JSON as Go's encoder writes them: <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and the two Unicode line separators escaped, all other characters as they are.</summary>
internal static class GoJson
{
    /// <summary>An object with its keys in byte order.</summary>
    public static string Object(IEnumerable<KeyValuePair<string, string>> members) =>
        "{" + string.Join(',', members.OrderBy(member => member.Key, Utf8Order.Instance).Select(member => $"{String(member.Key)}:{String(member.Value)}")) + "}";

    /// <summary>A string.</summary>
    public static string String(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var rune in value.EnumerateRunes())
        {
            text.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < 0x20 or '<' or '>' or '&' or 0x2028 or 0x2029 => "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture),
                _ => rune.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
