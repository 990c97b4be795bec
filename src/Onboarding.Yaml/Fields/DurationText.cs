using System.Globalization;
using System.Text.RegularExpressions;

namespace Onboarding.Yaml.Fields;

/// <summary>Durations as Go and Kubernetes write them (<c>1h30m</c>, <c>500ms</c>, <c>1.5h</c>), which includes protobuf's JSON form (<c>3600s</c>).</summary>
public static partial class DurationText
{
    /// <summary>Longest duration that protobuf knows: 10,000 years.</summary>
    private const decimal MaxSeconds = 315_576_000_000m;

    /// <summary>Reads a duration; false: it is none. Parts below 100 ns are cut off.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = TimeSpan.Zero;
        if (text.Length > 64 || Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var seconds = 0m;
        for (var i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            if (!decimal.TryParse(match.Groups["number"].Captures[i].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > MaxSeconds * 1_000_000_000m)
            {
                return false;
            }

            seconds += number * SecondsOf(match.Groups["unit"].Captures[i].ValueSpan);
        }

        if (seconds > MaxSeconds)
        {
            return false;
        }

        var ticks = (long)(seconds * TimeSpan.TicksPerSecond);
        duration = TimeSpan.FromTicks(text[0] == '-' ? -ticks : ticks);
        return true;
    }

    private static decimal SecondsOf(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3600m,
        "m" => 60m,
        "s" => 1m,
        "ms" => 0.001m,
        "ns" => 0.000_000_001m,
        _ => 0.000_001m,
    };

    [GeneratedRegex("^[-+]?(?:0|(?:(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?<unit>h|ms|m|s|us|µs|ns))+)\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
