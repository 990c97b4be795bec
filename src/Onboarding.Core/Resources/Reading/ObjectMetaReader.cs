using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Resources.Reading;

/// <summary>Reads <c>metadata</c>, leniently: it is Kubernetes' own.</summary>
internal static class ObjectMetaReader
{
    private const string DefaultNamespace = "default";

    /// <summary>Reads the metadata of a namespaced object. Without namespace it is <c>default</c>, as with kubectl.</summary>
    public static ObjectMeta Read(FieldReader document)
    {
        if (document.RequiredMapping("metadata", FieldRules.Lenient) is not { } reader)
        {
            return new ObjectMeta { Namespace = DefaultNamespace, Name = "" };
        }

        return new ObjectMeta
        {
            Namespace = reader.Text("namespace", KubernetesName.CheckLabel) ?? DefaultNamespace,
            Name = reader.RequiredText("name", KubernetesName.CheckSubdomain),
            Labels = reader.TextMap("labels", KubernetesName.CheckLabelPair),
            Annotations = reader.TextMap("annotations", (key, _) => KubernetesName.CheckLabelKey(key.ToLowerInvariant())),
            Uid = reader.Text("uid"),
            Generation = reader.LargeNumber("generation") ?? 0,
        };
    }
}
