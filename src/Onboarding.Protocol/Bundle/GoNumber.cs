using System.Globalization;

namespace Onboarding.Protocol.Bundle;

/// <summary>Numbers as Go writes them: integers of 64 bits as they are, the rest with the fewest digits, with an exponent below 1e-4 and from 1e6 on.</summary>
internal static class GoNumber
{
    private const int FirstExponent = 6;
    private const int LastNegativeExponent = -4;

    public static string Format(string json)
    {
        if (long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed))
        {
            return signed.ToString(CultureInfo.InvariantCulture);
        }

        return ulong.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned)
            ? unsigned.ToString(CultureInfo.InvariantCulture)
            : Format(double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static string Format(double value)
    {
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }

        // "R" has the fewest digits; only where it sets its exponent differs.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is var found and >= 0 ? found : parts[0].Length;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var written = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var exponent = point + written - (all.Length - digits.Length) - 1;
        digits = digits.TrimEnd('0');
        return (value < 0 ? "-" : "") + (exponent is < LastNegativeExponent or >= FirstExponent ? Scientific(digits, exponent) : Positional(digits, exponent));
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var whole = digits.PadRight(exponent + 1, '0');
        return whole.Length > exponent + 1 ? $"{whole[..(exponent + 1)]}.{whole[(exponent + 1)..]}" : whole;
    }
}
