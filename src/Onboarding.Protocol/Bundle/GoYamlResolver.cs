using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Onboarding.Protocol.Bundle;

/// <summary>Says which plain strings YAML 1.1 reads as something else: booleans, nulls, numbers (also to base 60), dates.</summary>
internal static class GoYamlResolver
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO",
        "true", "True", "TRUE", "false", "False", "FALSE",
        "on", "On", "ON", "off", "Off", "OFF",
        "", "~", "null", "Null", "NULL",
        ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF",
        "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly Regex PointFloat = Linear(@"^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?\z");
    private static readonly Regex Float = Linear(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z");
    private static readonly Regex SexagesimalFloat = Linear(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z");
    private static readonly Regex PrefixedInteger = Linear(@"^[-+]?0(?:[xX](?<hex>[0-9a-fA-F]+)|[bB](?<bin>[01]+)|[oO]?(?<oct>[0-7]+))\z");
    private static readonly Regex Timestamp = Linear(@"^(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})((?<t>[Tt ])(?<h>[0-9]{1,2}):(?<mi>[0-9]{1,2}):(?<s>[0-9]{1,2})([.,][0-9]+)?(?<z>Z|[-+][0-9]{2}:[0-9]{2})?)?\z");

    public static bool ReadsAsOther(string value) =>
        Words.Contains(value)
        || (value[0] == '.' && PointFloat.IsMatch(value) && IsFinite(value))
        || (value[0] is '+' or '-' or (>= '0' and <= '9') && (IsNumber(value) || IsTimestamp(value)));

    private static Regex Linear(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    private static bool IsNumber(string value)
    {
        var digits = value.Replace("_", "", StringComparison.Ordinal);
        return SexagesimalFloat.IsMatch(value) || IsPrefixedInteger(digits) || (Float.IsMatch(digits) && IsFinite(digits));
    }

    /// <summary>An integer with a prefix is one only within 64 bits; without a prefix it is a float otherwise.</summary>
    private static bool IsPrefixedInteger(string digits)
    {
        if (PrefixedInteger.Match(digits) is not { Success: true } match)
        {
            return false;
        }

        var (text, bitsPerDigit) = match.Groups["hex"] is { Success: true } hex ? (hex.Value, 4)
            : match.Groups["bin"] is { Success: true } binary ? (binary.Value, 1)
            : (match.Groups["oct"].Value, 3);
        text = text.TrimStart('0');
        var leading = text.Length == 0 ? 0 : System.Numerics.BitOperations.Log2((uint)Convert.ToInt32(text[..1], 16)) + 1;
        var bits = leading + ((text.Length - 1) * bitsPerDigit);
        return bits <= (digits[0] is '+' or '-' ? 63 : 64);
    }

    private static bool IsFinite(string digits) =>
        double.IsFinite(double.Parse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture));

    private static bool IsTimestamp(string value)
    {
        if (Timestamp.Match(value) is not { Success: true } match)
        {
            return false;
        }

        var needsZone = match.Groups["t"].Value is "T" or "t";
        var (year, month, day) = (Number("y"), Number("m"), Number("d"));
        return needsZone == match.Groups["z"].Success
            && month is >= 1 and <= 12
            && day >= 1 && day <= DateTime.DaysInMonth(year == 0 ? 4 : year, month)
            && Number("h") < 24 && Number("mi") < 60 && Number("s") < 60;

        int Number(string group) => match.Groups[group] is { Success: true } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }
}
