using System.Collections.Immutable;
using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Manifests;

/// <summary>
/// Reads files of manifests: any number of documents, and Lists of them. Kinds that are not used here are ignored with a note,
/// but not within our own API groups: there an unknown kind is a misspelt one.
/// </summary>
public sealed class ManifestReader
{
    private const string OwnGroups = "onboarding.tetrate.io";

    /// <summary>Kinds of ours that have other places than among manifests.</summary>
    private static readonly string[] KindsElsewhere = ["OnboardingConfiguration", "AgentConfiguration", "ControlPlane"];

    private readonly string file;
    private readonly ProblemList problems = new();
    private readonly List<WorkloadGroup> groups = [];
    private readonly List<OnboardingPolicy> policies = [];
    private readonly List<Sidecar> sidecars = [];
    private readonly List<ConfigMap> configMaps = [];
    private readonly List<ServiceManifest> services = [];
    private readonly List<WorkloadAutoRegistration> registrations = [];
    private readonly List<WorkloadEntry> entries = [];
    private bool isBroken;

    private ManifestReader(string file) => this.file = file;

    /// <summary>Reads a file's text.</summary>
    public static Manifest Read(string text, string file, YamlLimits? limits = null) => Read(YamlParser.Parse(text, file, limits), file);

    /// <summary>Reads what a file consists of.</summary>
    public static Manifest Read(YamlText text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new ManifestReader(file);
        reader.problems.AddRange(text.Problems);
        reader.isBroken = !text.Problems.IsEmpty;
        foreach (var document in text.Documents)
        {
            reader.ReadDocument(document);
        }

        return reader.ToManifest();
    }

    private void ReadDocument(YamlDocument document)
    {
        var own = new ProblemList();
        var frame = FieldReader.Open(document, own, FieldRules.Lenient);
        var apiVersion = frame?.RequiredText("apiVersion") ?? "";
        var kind = frame?.RequiredText("kind") ?? "";
        if (own.HasErrors)
        {
            problems.AddRange(own.Items);
            isBroken = true;
            return;
        }

        if (kind is "List" && apiVersion is "v1")
        {
            ReadList(document, frame!);
            return;
        }

        switch (apiVersion, kind)
        {
            case ("networking.istio.io/v1alpha3" or "networking.istio.io/v1beta1" or "networking.istio.io/v1", WorkloadGroupReader.Kind):
                Take(groups, WorkloadGroupReader.Read(document, problems));
                break;
            case ("networking.istio.io/v1alpha3" or "networking.istio.io/v1beta1" or "networking.istio.io/v1", SidecarReader.Kind):
                Take(sidecars, SidecarReader.Read(document, problems));
                break;
            case ("networking.istio.io/v1alpha3" or "networking.istio.io/v1beta1" or "networking.istio.io/v1", WorkloadEntryReader.Kind):
                Take(entries, WorkloadEntryReader.Read(document, problems));
                break;
            case ("authorization.onboarding.tetrate.io/v1alpha1", OnboardingPolicyReader.Kind):
                Take(policies, OnboardingPolicyReader.Read(document, problems));
                break;
            case ("runtime.onboarding.tetrate.io/v1alpha1", WorkloadAutoRegistrationReader.Kind):
                Take(registrations, WorkloadAutoRegistrationReader.Read(document, problems));
                break;
            case ("v1", ConfigMapReader.Kind):
                Take(configMaps, ConfigMapReader.Read(document, problems));
                break;
            case ("v1", ServiceReader.Kind):
                Take(services, ServiceReader.Read(document, problems));
                break;
            default:
                Ignore(frame!, apiVersion, kind);
                break;
        }
    }

    /// <summary>What <c>kubectl get -o yaml</c> writes.</summary>
    private void ReadList(YamlDocument document, FieldReader frame)
    {
        foreach (var item in frame.Node("items") is YamlSequence items ? items.Items : [])
        {
            ReadDocument(document with { Root = item });
        }
    }

    private void Take<T>(List<T> list, T? resource)
        where T : class
    {
        if (resource is null)
        {
            isBroken = true;
        }
        else
        {
            list.Add(resource);
        }
    }

    private void Ignore(FieldReader frame, string apiVersion, string kind)
    {
        var group = apiVersion.Split('/')[0];
        var isOurs = string.Equals(group, OwnGroups, StringComparison.Ordinal) || group.EndsWith("." + OwnGroups, StringComparison.Ordinal)
            || kind is OnboardingPolicyReader.Kind or WorkloadAutoRegistrationReader.Kind;
        if (isOurs && !KindsElsewhere.Contains(kind, StringComparer.Ordinal))
        {
            frame.Report("kind", $"{kind} of {apiVersion} is not known here");
            isBroken = true;
        }
        else
        {
            frame.Warn("kind", $"{kind} of {apiVersion} is ignored");
        }

        problems.AddRange(frame.Problems.Items);
    }

    private Manifest ToManifest() => new()
    {
        File = file,
        IsBroken = isBroken,
        Problems = problems.Items,
        WorkloadGroups = [.. groups],
        Policies = [.. policies],
        Sidecars = [.. sidecars],
        ConfigMaps = [.. configMaps],
        Services = [.. services],
        Registrations = [.. registrations],
        Entries = [.. entries],
    };
}
