using System.Collections.Immutable;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Yaml.AgentFiles;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Cli.Validate;

/// <summary>Reads files as those would who use them; what a document is, its kind says.</summary>
internal sealed class FileValidation
{
    private const string IstioNamespace = "istio-system";

    private readonly List<FieldProblem> problems = [];
    private readonly List<Manifest> manifests = [];
    private WorkloadsOptions? workloads;

    /// <summary>Validates files, and the manifests in directories.</summary>
    public static async Task<ValidationReport> RunAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var files = paths.SelectMany(path => Directory.Exists(path) ? ManifestDirectory.ListFiles(path) : [path]).Distinct(StringComparer.Ordinal).ToList();
        var validation = new FileValidation();
        foreach (var file in files)
        {
            validation.Read(await YamlParser.ParseFileAsync(file, YamlLimits.Manifests, cancellationToken), file);
        }

        validation.CheckTogether();
        return new ValidationReport(files.Count, [.. validation.problems.OrderBy(problem => files.IndexOf(problem.File)).ThenBy(problem => problem.Line)]);
    }

    private void Read(YamlText text, string file)
    {
        var others = ImmutableArray.CreateBuilder<YamlDocument>();
        foreach (var document in text.Documents)
        {
            if (ReaderOf(document) is not { } read)
            {
                others.Add(document);
                continue;
            }

            var found = new ProblemList();
            read(document, found);
            problems.AddRange(found.Items);
        }

        if (text.Documents.IsEmpty && text.Problems.IsEmpty)
        {
            problems.Add(new FieldProblem(file, 1, "", "is empty", IsWarning: true));
        }

        var manifest = ManifestReader.Read(text with { Documents = others.ToImmutable() }, file);
        problems.AddRange(manifest.Problems);
        manifests.Add(manifest);
    }

    /// <summary>The reader of what is no manifest; null: it is one.</summary>
    private Action<YamlDocument, ProblemList>? ReaderOf(YamlDocument document)
    {
        var root = document.Root as YamlMapping;
        return (root?.Find("kind")?.Value as YamlScalar)?.Text switch
        {
            OnboardingConfigurationReader.Kind => (read, found) => OnboardingConfigurationReader.Read(read, found),
            AgentConfigurationReader.Kind => (read, found) => AgentConfigurationReader.Read(read, found),
            ControlPlaneReader.Kind => ReadControlPlane,
            null when root?.Find("spec")?.Value is YamlMapping && root.Find("apiVersion") is null && root.Find("metadata") is null =>
                ReadControlPlane,
            _ => null,
        };
    }

    private void ReadControlPlane(YamlDocument document, ProblemList found) => workloads = ControlPlaneReader.Read(document, found)?.Workloads ?? workloads;

    /// <summary>What only shows when the files are seen together.</summary>
    private void CheckTogether()
    {
        var found = new ProblemList();
        var snapshot = ManifestSnapshot.Build(manifests, IstioNamespace, DateTimeOffset.UnixEpoch, found);
        problems.AddRange(found.Items);
        foreach (var manifest in manifests)
        {
            foreach (var group in manifest.WorkloadGroups.Where(group => !HasIngress(snapshot, group)))
            {
                Warn(manifest, $"to WorkloadGroup {group.Metadata.Namespace}/{group.Metadata.Name} none of the Sidecars in these files applies that has ingress listeners; its workloads would listen nowhere");
            }
        }

        foreach (var status in PolicyCompiler.Compile(snapshot, workloads).Statuses.Where(status => status.IsAccepted && status.Message.Length > 0))
        {
            var manifest = manifests.First(candidate => candidate.Policies.Any(policy => (policy.Metadata.Namespace, policy.Metadata.Name) == (status.Namespace, status.Policy)));
            Warn(manifest, $"OnboardingPolicy {status.Namespace}/{status.Policy}: {status.Reason}: {status.Message}");
        }
    }

    private static bool HasIngress(ResourceSnapshot snapshot, WorkloadGroup group) =>
        SidecarSelection.Find(snapshot.Sidecars, group.Metadata.Namespace, group.Labels.SetItems(group.Template.Labels), IstioNamespace) is { IngressPorts.IsEmpty: false };

    private void Warn(Manifest manifest, string message) => problems.Add(new FieldProblem(manifest.File, 1, "", message, IsWarning: true));
}
