using System.Buffers;
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

    // To ask this first spares most strings that begin with a digit the expressions below.
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789abcdefABCDEFxXoO_+-.:");

    private static readonly Regex PointFloat = Linear(@"^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?\z");
    private static readonly Regex Float = Linear(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z");
    private static readonly Regex SexagesimalFloat = Linear(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z");
    private static readonly Regex PrefixedInteger = Linear(@"^[-+]?0(?:[xX](?<hex>[0-9a-fA-F]+)|[bB](?<bin>[01]+)|[oO]?(?<oct>[0-7]+))\z");
    private static readonly Regex Timestamp = Linear(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?\z");

    public static bool ReadsAsOther(string value) =>
        Words.Contains(value)
        || (value[0] == '.' && PointFloat.IsMatch(value) && IsFinite(value))
        || (value[0] is '+' or '-' or (>= '0' and <= '9') && ((!value.AsSpan().ContainsAnyExcept(InNumbers) && IsNumber(value)) || IsTimestamp(value)));

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
        if (!Timestamp.IsMatch(value))
        {
            return false;
        }

        var time = value.AsSpan().IndexOfAny('T', 't', ' ');
        var date = time < 0 ? value : value[..time];
        return IsDate(date.Split('-')) && (time < 0 || IsTime(value.AsSpan(time + 1), needsZone: value[time] != ' '));
    }

    private static bool IsDate(string[] parts)
    {
        var (year, month, day) = (Number(parts[0]), Number(parts[1]), Number(parts[2]));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year == 0 ? 4 : year, month);
    }

    private static bool IsTime(ReadOnlySpan<char> time, bool needsZone)
    {
        Span<Range> parts = stackalloc Range[4];
        time.SplitAny(parts, ":.,Z+-");
        return needsZone == time.ContainsAny('Z', '+', '-')
            && Number(time[parts[0]]) < 24 && Number(time[parts[1]]) < 60 && Number(time[parts[2]]) < 60;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
