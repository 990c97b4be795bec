using System.Globalization;
using System.Text.RegularExpressions;

namespace Onboarding.Yaml.Nodes;

/// <summary>
/// Types of plain scalars as go-yaml v2 resolves them, which is what kubectl reads manifests with: YAML 1.1 without sexagesimal numbers;
/// timestamps stay strings.
/// </summary>
internal static partial class ScalarResolver
{
    /// <summary>No number is longer; what is looked at for one is bounded.</summary>
    private const int MaxNumberLength = 512;

    public static ScalarKind Resolve(string text) => text switch
    {
        { Length: > MaxNumberLength } => ScalarKind.Text,
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        _ when AsBoolean(text) is not null => ScalarKind.Boolean,
        _ when AsInteger(text) is not null => ScalarKind.Whole,
        _ when AsFloat(text) is not null => ScalarKind.Fraction,
        _ => ScalarKind.Text,
    };

    public static bool? AsBoolean(string text) => text switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    public static long? AsInteger(string text)
    {
        if (Integer().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        var magnitude = match.Groups["prefix"].Value switch
        {
            "0x" or "0X" => Parse(digits, 16),
            "0b" or "0B" => Parse(digits, 2),
            "0o" or "0O" => Parse(digits, 8),
            _ => Parse(digits, digits is ['0', _, ..] ? 8u : 10u),
        };
        var isNegative = text[0] == '-';
        return magnitude switch
        {
            null => null,
            <= long.MaxValue => isNegative ? -(long)magnitude.Value : (long)magnitude.Value,
            (ulong)long.MaxValue + 1 when isNegative => long.MinValue,
            _ => null,
        };
    }

    public static double? AsFloat(string text) => text switch
    {
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ => Float().IsMatch(text)
            ? double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null,
    };

    private static ulong? Parse(string digits, uint radix)
    {
        var value = 0UL;
        foreach (var digit in digits)
        {
            var worth = (uint)Convert.ToInt32(digit.ToString(), 16);
            if (worth >= radix || value > (ulong.MaxValue - worth) / radix)
            {
                return null;
            }

            value = (value * radix) + worth;
        }

        return value;
    }

    [GeneratedRegex("^[-+]?(?:(?<prefix>0[xXbBoO])(?<digits>[0-9a-fA-F_]*[0-9a-fA-F])|(?<digits>[0-9][0-9_]*))\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Integer();

    [GeneratedRegex("^[-+]?(?:\\.[0-9][0-9_]*|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Float();
}
