using System.Globalization;
using System.Text;

namespace Onboarding.Protocol.Bundle;

/// <summary>Writes a string in the style go-yaml v2 chooses for it.</summary>
internal static class GoYamlScalar
{
    private const int MaxSimpleKeyLength = 128;

    public static bool IsSimpleKey(string key) => !key.Contains('\n', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(key) <= MaxSimpleKeyLength;

    /// <summary>Writes a string; continuation lines stand at <paramref name="indent"/>. A simple key is never broken.</summary>
    public static void Write(GoYamlOutput output, string value, int indent, bool isSimpleKey)
    {
        var form = GoYamlForm.Of(value);
        if (value.Contains('\n', StringComparison.Ordinal) && form.AllowsLiteral)
        {
            WriteLiteral(output, value, indent);
        }
        else if (form.NeedsEscapes || value.Contains('\n', StringComparison.Ordinal) || GoYamlResolver.ReadsAsOther(value))
        {
            WriteDoubleQuoted(output, value, indent, !isSimpleKey);
        }
        else if (form.AllowsPlain && !value.Contains(' ', StringComparison.Ordinal) && Ascii.IsValid(value))
        {
            output.Put(value);
        }
        else if (form.AllowsPlain)
        {
            WriteFolded(output, value, indent, !isSimpleKey, quote: null);
        }
        else
        {
            WriteFolded(output, value, indent, !isSimpleKey, quote: '\'');
        }
    }

    private static void WriteLiteral(GoYamlOutput output, string value, int indent)
    {
        output.Put('|');
        if (value[0] is ' ' or '\n')
        {
            output.Put('2');
        }

        if (value[^1] != '\n')
        {
            output.Put('-');
        }
        else if (value.Length == 1 || value[^2] == '\n')
        {
            output.Put('+');
        }

        output.EndLine();
        var lines = value.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Length > 0)
            {
                output.StartLine(indent);
                foreach (var rune in lines[index].EnumerateRunes())
                {
                    output.Put(rune);
                }
            }

            if (index < lines.Length - 1)
            {
                output.EndLine();
            }
        }
    }

    /// <summary>Plain or in single quotes: a single space past the width becomes a line break, which reads as that space.</summary>
    private static void WriteFolded(GoYamlOutput output, string value, int indent, bool mayFold, char? quote)
    {
        if (quote is { } opening)
        {
            output.Put(opening);
        }

        for (var index = 0; index < value.Length;)
        {
            var rune = RuneAt(value, index);
            var isInner = index > 0 && index < value.Length - 1;
            if (mayFold && isInner && rune.Value == ' ' && output.IsLong && value[index - 1] != ' ' && value[index + 1] != ' ')
            {
                output.StartLine(indent);
            }
            else
            {
                if (rune.Value == quote)
                {
                    output.Put('\'');
                }

                output.Put(rune);
            }

            index += rune.Utf16SequenceLength;
        }

        if (quote is { } closing)
        {
            output.Put(closing);
        }
    }

    private static void WriteDoubleQuoted(GoYamlOutput output, string value, int indent, bool mayFold)
    {
        output.Put('"');
        var afterSpace = false;
        for (var index = 0; index < value.Length;)
        {
            var rune = RuneAt(value, index);
            if (rune.Value == ' ' && mayFold && !afterSpace && output.IsLong && index > 0 && index < value.Length - 1)
            {
                output.StartLine(indent);
                if (value[index + 1] == ' ')
                {
                    output.Put('\\');
                }
            }
            else if (GoYamlForm.IsEscaped(rune) || rune.Value is '\n' or '"' or '\\')
            {
                output.Put(Escape(rune.Value));
            }
            else
            {
                output.Put(rune);
            }

            afterSpace = rune.Value == ' ';
            index += rune.Utf16SequenceLength;
        }

        output.Put('"');
    }

    private static string Escape(int value) => value switch
    {
        0x00 => "\\0",
        0x07 => "\\a",
        0x08 => "\\b",
        0x09 => "\\t",
        0x0a => "\\n",
        0x0b => "\\v",
        0x0c => "\\f",
        0x0d => "\\r",
        0x1b => "\\e",
        0x22 => "\\\"",
        0x5c => "\\\\",
        0x85 => "\\N",
        0x2028 => "\\L",
        0x2029 => "\\P",
        <= 0xff => "\\x" + value.ToString("X2", CultureInfo.InvariantCulture),
        <= 0xffff => "\\u" + value.ToString("X4", CultureInfo.InvariantCulture),
        _ => "\\U" + value.ToString("X8", CultureInfo.InvariantCulture),
    };

    /// <summary>Half a surrogate pair is written as the replacement character.</summary>
    private static Rune RuneAt(string value, int index) =>
        Rune.TryGetRuneAt(value, index, out var rune) ? rune : Rune.ReplacementChar;
}
