using System.Collections.Immutable;

namespace Onboarding.Yaml.Fields;

/// <summary>Collects problems; of a text that is wrong all over only the first <see cref="Capacity"/> are kept.</summary>
public sealed class ProblemList
{
    /// <summary>How many problems are kept.</summary>
    public const int Capacity = 100;

    private readonly List<FieldProblem> items = [];

    /// <summary>Whether something is wrong, not only doubtful.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>What was found, in order.</summary>
    public ImmutableArray<FieldProblem> Items => [.. items];

    /// <summary>What is wrong.</summary>
    public ImmutableArray<FieldProblem> Errors => [.. items.Where(item => !item.IsWarning)];

    /// <summary>What is only doubtful.</summary>
    public ImmutableArray<FieldProblem> Warnings => [.. items.Where(item => item.IsWarning)];

    /// <summary>Adds a problem.</summary>
    public void Add(FieldProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        // The first error is kept even where warnings have filled the list.
        if (items.Count < Capacity || (!HasErrors && !problem.IsWarning))
        {
            items.Add(problem);
        }

        HasErrors |= !problem.IsWarning;
    }

    /// <summary>Adds problems.</summary>
    public void AddRange(IEnumerable<FieldProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }
}
