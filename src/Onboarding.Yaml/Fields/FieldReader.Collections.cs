using System.Collections.Immutable;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.Fields;

/// <content>Mappings and lists.</content>
public sealed partial class FieldReader
{
    /// <summary>A mapping; null: absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="childRules">How it is read; null: as this one.</param>
    public FieldReader? Mapping(string name, FieldRules? childRules = null)
    {
        if (Find(name) is not { } field)
        {
            return null;
        }

        if (field.Value is YamlMapping child)
        {
            return Child(child, PathOf(name), field.Line, childRules);
        }

        Report(field.Value, PathOf(name), $"must be a mapping, not {field.Value.Description}");
        return null;
    }

    /// <summary>A mapping; null, and a problem: it is missing or something else.</summary>
    /// <param name="name">The field.</param>
    /// <param name="childRules">How it is read; null: as this one.</param>
    public FieldReader? RequiredMapping(string name, FieldRules? childRules = null)
    {
        if (Find(name) is null)
        {
            Report(name, "is required");
            return null;
        }

        return Mapping(name, childRules);
    }

    /// <summary>A list of mappings; empty: absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="required">Whether at least one is required.</param>
    /// <param name="childRules">How they are read; null: as this one.</param>
    public ImmutableArray<FieldReader> Mappings(string name, bool required = false, FieldRules? childRules = null)
    {
        var readers = ImmutableArray.CreateBuilder<FieldReader>();
        foreach (var (item, path) in Items(name, required))
        {
            if (item is YamlMapping child)
            {
                readers.Add(Child(child, path, child.Line, childRules));
            }
            else
            {
                Report(item, path, $"must be a mapping, not {item.Description}");
            }
        }

        return readers.ToImmutable();
    }

    /// <summary>A list of strings; empty: absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="required">Whether at least one is required.</param>
    /// <param name="check">Says what is wrong with an item; null: nothing.</param>
    /// <param name="allowEmpty">Whether an item may be without characters.</param>
    public ImmutableArray<string> Texts(string name, bool required = false, Func<string, string?>? check = null, bool allowEmpty = false)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, path) in Items(name, required))
        {
            if (TextOf(item, path, text => text.Length == 0 && !allowEmpty ? "must not be empty" : check?.Invoke(text)) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>A mapping of names to strings; empty: absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="check">Says what is wrong with an entry; null: nothing.</param>
    public ImmutableSortedDictionary<string, string> TextMap(string name, Func<string, string, string?>? check = null) =>
        Map(name, (node, key, path) => TextOf(node, path, text => check?.Invoke(key, text)));

    /// <summary>A mapping of names to whole numbers within bounds; empty: absent.</summary>
    public ImmutableSortedDictionary<string, int> NumberMap(string name, int min = int.MinValue, int max = int.MaxValue) =>
        Map(name, (node, _, path) => (int?)NumberOf(node, path, min, max)).ToImmutableSortedDictionary(
            entry => entry.Key, entry => entry.Value ?? 0, StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, T> Map<T>(string name, Func<YamlNode, string, string, T?> read)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        switch (Find(name)?.Value)
        {
            case null:
                break;
            case YamlMapping entries:
                foreach (var entry in entries.Fields)
                {
                    if (read(entry.Value, entry.Name, $"{PathOf(name)}[{Printable(entry.Name)}]") is { } value)
                    {
                        map.Add(entry.Name, value);
                    }
                }

                break;
            case var other:
                Report(other, PathOf(name), $"must be a mapping, not {other.Description}");
                break;
        }

        return map.ToImmutable();
    }

    private IEnumerable<(YamlNode Item, string Path)> Items(string name, bool required)
    {
        var value = Find(name)?.Value;
        if (value is YamlSequence list)
        {
            if (required && list.Items.Count == 0)
            {
                Report(name, "must have at least one item");
            }

            return list.Items.Select((item, index) => (item, $"{PathOf(name)}[{index}]"));
        }

        if (value is not null)
        {
            Report(value, PathOf(name), $"must be a list, not {value.Description}");
        }
        else if (required)
        {
            Report(name, "is required");
        }

        return [];
    }
}
