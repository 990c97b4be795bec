namespace Onboarding.Yaml.Fields;

/// <summary>What is wrong, or doubtful, with a field.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The field's path, e.g. <c>spec.allow[0].workloads</c>; empty: the whole document.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="IsWarning">Whether it is only doubtful.</param>
public sealed record FieldProblem(string File, int Line, string Path, string Message, bool IsWarning = false)
{
    /// <summary><c>field.path: what is wrong</c>.</summary>
    public string WithoutPlace => Path.Length == 0 ? Message : $"{Path}: {Message}";

    /// <summary><c>file:line: field.path: what is wrong</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {(IsWarning ? "warning: " : "")}{WithoutPlace}";
}
