using System.Collections.Immutable;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration.Reading;
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
    private static Action<YamlDocument, ProblemList>? ReaderOf(YamlDocument document)
    {
        var root = document.Root as YamlMapping;
        return (root?.Find("kind")?.Value as YamlScalar)?.Text switch
        {
            OnboardingConfigurationReader.Kind => (read, found) => OnboardingConfigurationReader.Read(read, found),
            AgentConfigurationReader.Kind => (read, found) => AgentConfigurationReader.Read(read, found),
            ControlPlaneReader.Kind => (read, found) => ControlPlaneReader.Read(read, found),
            null when root?.Find("spec")?.Value is YamlMapping && root.Find("apiVersion") is null && root.Find("metadata") is null =>
                (read, found) => ControlPlaneReader.Read(read, found),
            _ => null,
        };
    }

    /// <summary>What only shows when the files are seen together.</summary>
    private void CheckTogether()
    {
        var found = new ProblemList();
        var snapshot = ManifestSnapshot.Build(manifests, IstioNamespace, DateTimeOffset.UnixEpoch, found);
        problems.AddRange(found.Items);
        foreach (var (manifest, group) in manifests.SelectMany(manifest => manifest.WorkloadGroups.Select(group => (manifest, group))))
        {
            var labels = group.Labels.SetItems(group.Template.Labels);
            if (SidecarSelection.Find(snapshot.Sidecars, group.Metadata.Namespace, labels, IstioNamespace) is not { IngressPorts.IsEmpty: false })
            {
                problems.Add(new FieldProblem(
                    manifest.File,
                    1,
                    "",
                    $"to WorkloadGroup {group.Metadata.Namespace}/{group.Metadata.Name} none of the Sidecars in these files applies that has ingress listeners; its workloads would listen nowhere",
                    IsWarning: true));
            }
        }
    }
}
