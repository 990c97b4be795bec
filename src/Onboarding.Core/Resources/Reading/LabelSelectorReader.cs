using System.Collections.Immutable;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Resources.Reading;

/// <summary>Reads a Kubernetes LabelSelector (k8s.io/apimachinery, meta/v1): an empty one selects everything.</summary>
internal static class LabelSelectorReader
{
    public static LabelSelector Read(FieldReader reader) => new(
        reader.TextMap("matchLabels", KubernetesName.CheckLabelPair),
        [.. reader.Mappings("matchExpressions").Select(ReadRequirement)]);

    private static LabelSelectorRequirement ReadRequirement(FieldReader reader)
    {
        var key = reader.RequiredText("key", KubernetesName.CheckLabelKey);
        var isOperator = reader.Has("operator");
        var requirement = reader.Choice(
            "operator",
            ("In", LabelSelectorOperator.In),
            ("NotIn", LabelSelectorOperator.NotIn),
            ("Exists", LabelSelectorOperator.Exists),
            ("DoesNotExist", LabelSelectorOperator.DoesNotExist));
        if (!isOperator)
        {
            reader.Report("operator", "is required");
        }

        return new LabelSelectorRequirement(key, requirement ?? LabelSelectorOperator.In, ReadValues(reader, requirement));
    }

    private static ImmutableArray<string> ReadValues(FieldReader reader, LabelSelectorOperator? requirement)
    {
        // A label's value may be empty, and so may what it is compared with.
        var needsValues = requirement is LabelSelectorOperator.In or LabelSelectorOperator.NotIn;
        var values = reader.Texts("values", needsValues, KubernetesName.CheckLabelValue, allowEmpty: true);
        if (!needsValues && requirement is not null && values.Length > 0)
        {
            reader.Report("values", $"must not be there with operator {requirement}");
        }

        return values;
    }
}
