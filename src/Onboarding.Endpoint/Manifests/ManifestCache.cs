using System.Collections.Immutable;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Manifests;

/// <summary>The files of a directory as they were read last; a broken one keeps its last good contents. Only what has changed is read again.</summary>
internal sealed class ManifestCache(string directory)
{
    private ImmutableSortedDictionary<string, CachedFile> files = ImmutableSortedDictionary<string, CachedFile>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Whether the directory differs from what was read last, or cannot be listed.</summary>
    public bool HasChanged()
    {
        try
        {
            var now = ManifestDirectory.ListFiles(directory);
            return now.Length != files.Count || now.Any(file => !files.TryGetValue(file, out var cached) || cached.Stamp is null || cached.Stamp != FileStamp.Of(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Lists the directory and reads what has changed.</summary>
    /// <exception cref="IOException">The directory is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<ManifestList> ReadAsync(CancellationToken cancellationToken)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, CachedFile>(StringComparer.Ordinal);
        foreach (var file in ManifestDirectory.ListFiles(directory))
        {
            read.Add(file, await ReadFileAsync(file, files.GetValueOrDefault(file), cancellationToken));
        }

        files = read.ToImmutable();
        return new ManifestList(
            [.. files.Values.Select(file => file.Good).OfType<Manifest>()],
            [.. files.Values.SelectMany(file => file.Problems)],
            files.Values.Any(file => file.Good is null));
    }

    private static async Task<CachedFile> ReadFileAsync(string file, CachedFile? before, CancellationToken cancellationToken)
    {
        // Stamped before it is read: what is written meanwhile is noticed at the next look.
        var stamp = FileStamp.Of(file);
        if (before is not null && stamp is not null && before.Stamp == stamp)
        {
            return before;
        }

        try
        {
            var manifest = await ManifestDirectory.ReadFileAsync(file, cancellationToken);
            return new CachedFile(stamp, manifest.IsBroken ? before?.Good : manifest, manifest.Problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CachedFile(Stamp: null, before?.Good, [new FieldProblem(file, 1, "", $"cannot be read: {e.Message}")]);
        }
    }

    private sealed record CachedFile(FileStamp? Stamp, Manifest? Good, ImmutableArray<FieldProblem> Problems);
}

/// <summary>What a directory holds.</summary>
/// <param name="Manifests">Its files, each with its last good contents.</param>
/// <param name="Problems">What is wrong with them as they are now.</param>
/// <param name="HasUnknown">Whether a file is broken and was never good, so that nobody knows what it should say.</param>
internal sealed record ManifestList(ImmutableArray<Manifest> Manifests, ImmutableArray<FieldProblem> Problems, bool HasUnknown);
