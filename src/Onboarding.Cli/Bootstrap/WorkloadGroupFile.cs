using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Cli.Bootstrap;

/// <summary>A file with one WorkloadGroup, beside which other manifests may stand.</summary>
internal static class WorkloadGroupFile
{
    public static async Task<WorkloadGroup> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var yaml = YamlParser.Parse(await File.ReadAllTextAsync(file, cancellationToken), file);
        var groups = yaml.Documents.Where(IsWorkloadGroup).ToList();
        var problems = new ProblemList();
        problems.AddRange(yaml.Problems);
        if (groups.Count != 1 && !problems.HasErrors)
        {
            throw new CliException($"{file}: has {groups.Count} WorkloadGroups; give a file with one");
        }

        var group = groups.Count == 1 ? WorkloadGroupReader.Read(groups[0], problems) : null;
        return group is not null && !problems.HasErrors ? group : throw new CliException(string.Join('\n', problems.Errors));
    }

    private static bool IsWorkloadGroup(YamlDocument document) =>
        document.Root is YamlMapping mapping && mapping.Find("kind")?.Value is YamlScalar { Text: WorkloadGroupReader.Kind };
}
