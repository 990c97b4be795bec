using System.Text;

namespace Onboarding.Agent.Sidecar;

/// <summary>The agent's lines in a hosts file, between two marker lines; everything else is somebody else's and stays as it is.</summary>
internal static class HostsBlock
{
    public const string Begin = "# onboarding-agent: begin; what stands between these two lines is overwritten";
    public const string End = "# onboarding-agent: end";

    /// <summary>The file with these lines as its only block, at the place of the first one; without lines, without a block.</summary>
    /// <param name="file">The file's text.</param>
    /// <param name="lines">Whole lines, each ended by a line feed.</param>
    public static string Apply(string file, string lines)
    {
        var block = lines.Length == 0 ? "" : $"{Begin}\n{lines}{End}\n";
        var result = new StringBuilder(file.Length + block.Length);
        var placed = false;
        var rest = file.AsSpan();
        while (rest.Length > 0)
        {
            var line = TakeLine(ref rest);
            if (IsMarker(line, Begin))
            {
                rest = SkipBlock(rest);
                result.Append(placed ? "" : block);
                placed = true;
            }
            else if (!IsMarker(line, End))
            {
                result.Append(line);
            }
        }

        if (!placed && block.Length > 0)
        {
            result.Append(result.Length > 0 && result[^1] != '\n' ? "\n" : "").Append(block);
        }

        return result.ToString();
    }

    /// <summary>What follows the block. A block whose end was lost is taken for its first line alone: the rest may be anybody's.</summary>
    private static ReadOnlySpan<char> SkipBlock(ReadOnlySpan<char> rest)
    {
        var after = rest;
        while (after.Length > 0)
        {
            var line = TakeLine(ref after);
            if (IsMarker(line, End))
            {
                return after;
            }

            if (IsMarker(line, Begin))
            {
                break;
            }
        }

        return rest;
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) => line.TrimEnd().SequenceEqual(marker);

    private static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..(end + 1)];
        rest = rest[line.Length..];
        return line;
    }
}
