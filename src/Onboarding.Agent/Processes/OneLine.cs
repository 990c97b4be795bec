namespace Onboarding.Agent.Processes;

/// <summary>Makes text from outside fit for a log line: no line breaks or control characters, bounded.</summary>
internal static class OneLine
{
    private const int Limit = 512;

    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "(nothing said)";
        }

        var trimmed = text.Trim();
        var cut = trimmed.Length > Limit ? trimmed[..Limit] + "…" : trimmed;
        return string.Create(cut.Length, cut, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }
}
