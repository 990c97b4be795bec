using System.Text;

namespace Onboarding.Protocol.Bundle;

/// <summary>Text under construction that knows its column, in characters.</summary>
internal sealed class GoYamlOutput
{
    private const int Width = 80;
    private readonly StringBuilder text = new();
    private int column;

    /// <summary>Whether the line has grown past the width, so that the next single space may become a line break.</summary>
    public bool IsLong => column > Width;

    public void Put(char character)
    {
        text.Append(character);
        column++;
    }

    public void Put(Rune rune)
    {
        Span<char> characters = stackalloc char[2];
        text.Append(characters[..rune.EncodeToUtf16(characters)]);
        column++;
    }

    public void Put(string characters)
    {
        text.Append(characters);
        column += characters.Length;
    }

    public void Separate() => Put(' ');

    public void EndLine()
    {
        text.Append('\n');
        column = 0;
    }

    /// <summary>Goes to a column of a new line, or of this one if it is not past it.</summary>
    public void StartLine(int indent)
    {
        if (column > indent)
        {
            EndLine();
        }

        text.Append(' ', indent - column);
        column = indent;
    }

    public override string ToString() => text.ToString();
}
