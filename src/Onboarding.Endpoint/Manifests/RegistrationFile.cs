using System.Globalization;
using System.Text;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Core.Resources.Writing;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Endpoint.Manifests;

/// <summary>The file of one registration: the WorkloadAutoRegistration and, where there is one, its WorkloadEntry.</summary>
/// <param name="Registration">The registration.</param>
/// <param name="Entry">The entry; null: there is none.</param>
internal sealed record RegistrationFile(WorkloadAutoRegistration Registration, WorkloadEntry? Entry)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = Mode | UnixFileMode.UserExecute;

    /// <summary>Longest name that is used as it is: with extension, dot and <c>.tmp</c> it must stay below 255 bytes.</summary>
    private const int MaxNameLength = 230;

    /// <summary>The epoch it was written with; 0 where that cannot be told.</summary>
    public long Epoch =>
        long.TryParse(Registration.Metadata.Annotations.GetValueOrDefault(WellKnownMetadata.EpochAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;

    /// <summary>The path of a registration's file.</summary>
    public static string PathOf(string root, string @namespace, string name)
    {
        var problem = KubernetesName.CheckLabel(@namespace) ?? KubernetesName.CheckSubdomain(name);
        if (problem is not null)
        {
            throw new ArgumentException($"{@namespace}/{name} {problem}", nameof(name));
        }

        var file = name.Length <= MaxNameLength ? name : $"{name[..(MaxNameLength - 33)]}-{Sha256Text.Hex(name)[..32]}";
        return Path.Combine(root, @namespace, file + ".yaml");
    }

    /// <summary>Reads a file; null: it is not there, or is none that can be read.</summary>
    public static async Task<RegistrationFile?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = ManifestReader.Read(await YamlParser.ParseFileAsync(path, YamlLimits.Configuration, cancellationToken), path);
            return manifest is { IsBroken: false, Registrations: [var registration], Entries.Length: <= 1 }
                ? new RegistrationFile(registration, manifest.Entries.FirstOrDefault())
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether both objects carry our label.</summary>
    public bool IsOurs(string uidLabel) => IsOurs(Registration.Metadata, uidLabel) && (Entry is null || IsOurs(Entry.Metadata, uidLabel));

    /// <summary>
    /// Writes the file whole: readers see the old one or the new one. It is not forced to the disk: the workload's row is the truth, and what was lost
    /// in a power failure is found missing, and written again, at the next start.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="now">The time of the write: the file system's own may be the same for all writes of some milliseconds.</param>
    /// <returns>The stamp of what was written, whoever touches it afterwards; null: it cannot be told.</returns>
    public FileStamp? Write(string path, DateTimeOffset now)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory, DirectoryMode);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.tmp");
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode, BufferSize = 0 };
        using (var stream = new FileStream(temporary, options))
        {
            // Some microseconds into the page cache: not worth a thread of its own.
            stream.Write(Encoding.UTF8.GetBytes(ToText()));
        }

        File.SetLastWriteTimeUtc(temporary, now.UtcDateTime);
        var stamp = FileStamp.Of(temporary);
        File.Move(temporary, path, overwrite: true);
        return stamp;
    }

    private static bool IsOurs(ObjectMeta metadata, string uidLabel) =>
        string.Equals(metadata.Labels.GetValueOrDefault(WellKnownMetadata.UidLabel), uidLabel, StringComparison.Ordinal);

    private string ToText()
    {
        var registration = GoYaml.Write(WorkloadAutoRegistrationJson.ToJson(Registration));
        return Entry is null ? registration : $"{registration}---\n{GoYaml.Write(WorkloadEntryJson.ToJson(Entry))}";
    }
}
