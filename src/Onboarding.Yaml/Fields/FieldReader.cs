using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.Fields;

/// <summary>
/// Reads the fields of a mapping by name. What is wrong goes to a <see cref="ProblemList"/>, all of it, and the reading goes on with a harmless value:
/// the result counts only if there were no errors. A null is an absent field; in a list it is an error.
/// </summary>
public sealed partial class FieldReader
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<FieldReader> children = [];
    private readonly YamlMapping mapping;
    private readonly FieldRules rules;

    private FieldReader(string file, YamlMapping mapping, string path, int line, ProblemList problems, FieldRules rules)
    {
        (File, Path, Line, Problems) = (file, path, line, problems);
        this.mapping = mapping;
        this.rules = rules;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The mapping's path; empty: it is the document.</summary>
    public string Path { get; }

    /// <summary>The mapping's line.</summary>
    public int Line { get; }

    /// <summary>Where problems go.</summary>
    public ProblemList Problems { get; }

    /// <summary>Names of the fields that are written.</summary>
    public IEnumerable<string> Names => mapping.Fields.Select(written => written.Name);

    /// <summary>Begins to read a document; null, and a problem: it is not a mapping.</summary>
    public static FieldReader? Open(YamlDocument document, ProblemList problems, FieldRules rules)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(problems);
        if (document.Root is YamlMapping mapping)
        {
            return new FieldReader(document.File, mapping, "", mapping.Line, problems, rules);
        }

        problems.Add(new FieldProblem(document.File, document.Root.Line, "", $"must be a mapping, not {document.Root.Description}"));
        return null;
    }

    /// <summary>Whether a field is there and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Accepts fields without reading them.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Find(name);
        }
    }

    /// <summary>The one field of several that is there. More than one is a problem; none is one if <paramref name="required"/>.</summary>
    public string? OneOf(bool required, params string[] names)
    {
        var present = names.Where(Has).ToList();
        switch (present.Count)
        {
            case 1:
                return present[0];
            case 0:
                if (required)
                {
                    Report($"one of {string.Join(", ", names)} is required");
                }

                return null;
            default:
                Report(present[1], $"only one of {string.Join(", ", names)} may be there");
                return null;
        }
    }

    /// <summary>Says what is wrong with the mapping itself.</summary>
    public void Report(string message) => Problems.Add(new FieldProblem(File, Line, Path, message));

    /// <summary>Says what is wrong with a field.</summary>
    public void Report(string name, string message) => Problems.Add(new FieldProblem(File, LineOf(name), PathOf(name), message));

    /// <summary>Says what is wrong with an item of a list.</summary>
    public void Report(string name, int index, string message)
    {
        var line = mapping.Find(name)?.Value is YamlSequence list && index < list.Items.Count ? list.Items[index].Line : LineOf(name);
        Problems.Add(new FieldProblem(File, line, $"{PathOf(name)}[{index}]", message));
    }

    /// <summary>Says what is doubtful about a field.</summary>
    public void Warn(string name, string message) => Problems.Add(new FieldProblem(File, LineOf(name), PathOf(name), message, IsWarning: true));

    /// <summary>Says, once all has been read, which fields nobody asked for; here and in every mapping below that is read strictly.</summary>
    public void ReportUnknown()
    {
        if (rules.HasFlag(FieldRules.Strict))
        {
            foreach (var field in mapping.Fields.Where(field => !known.Contains(field.Name)))
            {
                var closest = Spelling.FindClosest(field.Name, known.Where(name => mapping.Find(name) is null));
                Problems.Add(new FieldProblem(File, field.Line, PathOf(field.Name), closest is null ? "unknown field" : $"unknown field; did you mean {closest}?"));
            }
        }

        children.ForEach(child => child.ReportUnknown());
    }

    private YamlField? Find(string name)
    {
        known.Add(name);
        var field = mapping.Find(name);
        if (rules.HasFlag(FieldRules.ProtobufJson) && Spelling.ToSnakeCase(name) is var snake && !string.Equals(snake, name, StringComparison.Ordinal) && mapping.Find(snake) is { } other)
        {
            if (field is not null && known.Add(snake))
            {
                Report(snake, $"is there twice: as {snake} and as {name}");
            }

            known.Add(snake);
            field ??= other;
        }

        return field is { Value: YamlScalar { Kind: ScalarKind.Null } } ? null : field;
    }

    private FieldReader Child(YamlMapping child, string path, int line, FieldRules? childRules)
    {
        var reader = new FieldReader(File, child, path, line, Problems, childRules ?? rules);
        children.Add(reader);
        return reader;
    }

    private void Report(YamlNode node, string path, string message) => Problems.Add(new FieldProblem(File, node.Line, path, message));

    private int LineOf(string name) => (mapping.Find(name) ?? mapping.Find(Spelling.ToSnakeCase(name)))?.Line ?? Line;

    private string PathOf(string name) => Join(Path, name);

    /// <summary>A key that would not read as a name stands in brackets, as in Kubernetes' own messages.</summary>
    private static string Join(string path, string name)
    {
        var isName = name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '<');
        return isName ? path.Length == 0 ? name : $"{path}.{name}" : $"{path}[{Printable(name)}]";
    }

    private static string Printable(string name)
    {
        var text = name.Length > 100 ? name[..100] + "…" : name;
        return string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
