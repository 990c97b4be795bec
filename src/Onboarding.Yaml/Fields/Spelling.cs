using System.Text;

namespace Onboarding.Yaml.Fields;

/// <summary>Spellings of field names.</summary>
internal static class Spelling
{
    /// <summary>Longest name that is compared: the cost grows with its square.</summary>
    private const int MaxLength = 64;

    /// <summary>protobuf's spelling of a camelCase name.</summary>
    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>The name that was probably meant; null: none is close.</summary>
    public static string? FindClosest(string written, IEnumerable<string> names)
    {
        if (written.Length > MaxLength)
        {
            return null;
        }

        var allowed = written.Length switch { <= 3 => 1, <= 6 => 2, _ => 3 };
        return names
            .Select(name => (Name: name, Distance: Distance(Fold(written), Fold(name))))
            .Where(candidate => candidate.Distance <= allowed && candidate.Distance < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static string Fold(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substituted, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
