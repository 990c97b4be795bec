using System.Text;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>A field of a message.</summary>
/// <param name="Name">Its JSON name, in camelCase.</param>
/// <param name="Type">Its type.</param>
/// <param name="OneOf">The oneof it belongs to: setting it unsets the others, and its default is written; null: none.</param>
internal sealed record ProtoField(string Name, ProtoType Type, string? OneOf = null)
{
    /// <summary>Its name in the <c>.proto</c> file, which is read as well.</summary>
    public string OriginalName { get; } = ToSnakeCase(Name);

    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsAsciiLetterUpper(character))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
