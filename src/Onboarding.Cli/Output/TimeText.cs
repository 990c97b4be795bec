using System.Globalization;

namespace Onboarding.Cli.Output;

/// <summary>Times in tables: RFC 3339, UTC, whole seconds.</summary>
internal static class TimeText
{
    public static string? Of(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
