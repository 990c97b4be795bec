using System.Collections.Immutable;
using Onboarding.Yaml.Fields;

namespace Onboarding.Cli.Validate;

/// <summary>What was found.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Problems">What is wrong or doubtful, by file and line.</param>
internal sealed record ValidationReport(int Files, ImmutableArray<FieldProblem> Problems);
