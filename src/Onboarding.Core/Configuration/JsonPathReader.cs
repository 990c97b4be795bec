using System.Text;

namespace Onboarding.Core.Configuration;

/// <summary>Reads the text of a <see cref="JsonPath"/>: one pass, one name after the other.</summary>
internal ref struct JsonPathReader
{
    private const string Reserved = "[]*?()@\"'$, \t";
    private readonly ReadOnlySpan<char> text;
    private int position;

    private JsonPathReader(string text) => this.text = text;

    /// <summary>What is wrong with a text; null: nothing, and <paramref name="names"/> are its names.</summary>
    public static string? Read(string text, out List<string> names)
    {
        names = [];
        var reader = new JsonPathReader(text);
        var bare = !text.StartsWith('$') && !text.StartsWith('.') && !text.StartsWith('[');
        if (text.StartsWith('$'))
        {
            reader.position = 1;
        }

        do
        {
            var error = bare ? reader.ReadPlainName(names) : reader.ReadStep(names);
            if (error is not null)
            {
                return error;
            }

            bare = false;
        }
        while (reader.position < text.Length);

        return null;
    }

    private string? ReadStep(List<string> names)
    {
        if (position >= text.Length)
        {
            return "it names nothing";
        }

        switch (text[position])
        {
            case '.':
                position++;
                return ReadPlainName(names);
            case '[':
                position++;
                return ReadQuotedName(names);
            default:
                return $"expected '.' or '[' at character {position + 1}";
        }
    }

    private string? ReadPlainName(List<string> names)
    {
        var name = new StringBuilder();
        for (; position < text.Length && text[position] is not ('.' or '['); position++)
        {
            var character = text[position];
            if (character == '\\')
            {
                if (++position == text.Length)
                {
                    return "nothing follows the last '\\'";
                }
            }
            else if (Reserved.Contains(character) || char.IsControl(character))
            {
                return $"character {position + 1} must be escaped with '\\', or its name quoted as in $['a b']";
            }

            name.Append(text[position]);
        }

        return Add(names, name);
    }

    private string? ReadQuotedName(List<string> names)
    {
        if (position == text.Length || text[position] is not ('\'' or '"'))
        {
            return "only quoted names may stand in brackets, as in $['a']";
        }

        var quote = text[position++];
        var name = new StringBuilder();
        for (; position < text.Length && text[position] != quote; position++)
        {
            if (text[position] == '\\' && ++position == text.Length)
            {
                break;
            }

            name.Append(text[position]);
        }

        if (position + 1 >= text.Length || text[position + 1] != ']')
        {
            return $"{quote}] is missing";
        }

        position += 2;
        return Add(names, name);
    }

    private static string? Add(List<string> names, StringBuilder name)
    {
        if (name.Length == 0)
        {
            return "a name is empty";
        }

        names.Add(name.ToString());
        return null;
    }
}
