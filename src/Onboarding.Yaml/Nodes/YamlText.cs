using System.Collections.Immutable;
using Onboarding.Yaml.Fields;

namespace Onboarding.Yaml.Nodes;

/// <summary>What was read of a text.</summary>
/// <param name="Documents">Its documents, without empty ones; with problems: those before the first broken one.</param>
/// <param name="Problems">Why it could not be read to its end; empty: it was.</param>
public sealed record YamlText(ImmutableArray<YamlDocument> Documents, ImmutableArray<FieldProblem> Problems);
