using System.Collections.Immutable;
using System.Text;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Aws.Trust;

/// <summary>The files of a trust bundle, read and not yet understood.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Files">Its <c>*.pem</c>, path and text, in order.</param>
/// <param name="Problem">Why they could not be read; null: they were.</param>
internal sealed record TrustBundleFiles(string Directory, ImmutableArray<KeyValuePair<string, string>> Files, string? Problem)
{
    private const string Pattern = "*.pem";

    /// <summary>Tells contents apart. Dates would not do: a mounted secret swaps symbolic links.</summary>
    public string Stamp { get; } = Sha256Text.Hex(Describe(Directory, Files, Problem));

    /// <summary>Reads a directory. What is in it besides is left alone.</summary>
    public static TrustBundleFiles Read(string directory)
    {
        try
        {
            var files = System.IO.Directory.EnumerateFiles(directory, Pattern).Order(StringComparer.Ordinal).Take(AwsLimits.Regions + 1).ToList();
            if (files.Count > AwsLimits.Regions)
            {
                return new(directory, [], $"{directory}: has more than {AwsLimits.Regions} files");
            }

            var large = files.Find(file => new FileInfo(file).Length > AwsLimits.PemSize);
            return large is null
                ? new(directory, [.. files.Select(file => KeyValuePair.Create(file, File.ReadAllText(file)))], files.Count == 0 ? $"{directory}: holds no <region>.pem" : null)
                : new(directory, [], $"{large}: is larger than {AwsLimits.PemSize / 1024} KiB");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(directory, [], $"{directory}: cannot be read: {exception.Message}");
        }
    }

    private static string Describe(string directory, ImmutableArray<KeyValuePair<string, string>> files, string? problem)
    {
        var content = new StringBuilder().Append(directory).Append('\0').Append(problem);
        foreach (var (file, text) in files)
        {
            content.Append('\0').Append(file).Append('\0').Append(text);
        }

        return content.ToString();
    }
}
