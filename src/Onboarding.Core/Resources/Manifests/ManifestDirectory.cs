using System.Collections.Immutable;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Manifests;

/// <summary>A directory of manifests: its <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> files, in subdirectories too.</summary>
public static class ManifestDirectory
{
    /// <summary>Files that a directory may hold at most.</summary>
    private const int MaxFiles = 100_000;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>
    /// The files, in ordinal order of their paths. Those whose name, or whose directory's, begins with a dot are left out: editors, git,
    /// and the targets that a mounted ConfigMap's links point at.
    /// </summary>
    /// <exception cref="IOException">The directory is missing or cannot be read, or holds too many files.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ImmutableArray<string> ListFiles(string directory)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = 16,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.None,
        };
        var files = Directory.EnumerateFiles(directory, "*", options)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !IsHidden(Path.GetRelativePath(directory, file)))
            .Take(MaxFiles + 1)
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        return files.Length <= MaxFiles ? files : throw new IOException($"{directory} holds more than {MaxFiles} manifests");
    }

    /// <summary>Reads every file once.</summary>
    /// <exception cref="IOException">The directory or a file in it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<ImmutableArray<Manifest>> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        var manifests = ImmutableArray.CreateBuilder<Manifest>();
        foreach (var file in ListFiles(directory))
        {
            manifests.Add(await ReadFileAsync(file, cancellationToken));
        }

        return manifests.ToImmutable();
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<Manifest> ReadFileAsync(string file, CancellationToken cancellationToken) =>
        ManifestReader.Read(await YamlParser.ParseFileAsync(file, YamlLimits.Manifests, cancellationToken), file);

    private static bool IsHidden(string relative) => relative.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));
}
