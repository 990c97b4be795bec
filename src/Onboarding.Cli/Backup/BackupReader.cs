using System.Formats.Tar;
using System.Text.Json;
using Onboarding.Core.Backup;

namespace Onboarding.Cli.Backup;

/// <summary>Unpacks a backup into a directory that is there as a whole or not at all.</summary>
internal static class BackupReader
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Unpacks it.</summary>
    /// <exception cref="CliException">It is no whole backup that this release can read, or the directory holds something.</exception>
    public static async Task<BackupContents> UnpackAsync(string archive, string target, CancellationToken cancellationToken)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new CliException($"{target} holds something, and nothing is overwritten: stop the endpoint and move it away first");
        }

        var draft = target + ".restoring";
        if (Directory.Exists(draft))
        {
            throw new CliException($"{draft}: another restore is under way, or was stopped; remove it if none is");
        }

        // One by one: of several at once only the last would get the mode.
        Directory.CreateDirectory(draft, DirectoryMode);
        Directory.CreateDirectory(Path.Combine(draft, BackupArchive.Registrations), DirectoryMode);
        try
        {
            await using var stream = File.OpenRead(archive);
            var contents = await UnpackAsync(stream, archive, draft, cancellationToken);
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(draft, target);
            return contents;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new CliException($"{archive} is no whole backup: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private static async Task<BackupContents> UnpackAsync(Stream stream, string archive, string draft, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(stream);
        var contents = ReadContents(await reader.GetNextEntryAsync(cancellationToken: cancellationToken), archive);
        var hasDatabase = false;
        while (await reader.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || !BackupArchive.IsKnown(entry.Name))
            {
                throw new CliException($"{archive} is not a backup: it has an entry '{entry.Name}'");
            }

            await WriteAsync(entry, Path.Combine(draft, entry.Name), cancellationToken);
            hasDatabase |= entry.Name == BackupArchive.Database;
        }

        return hasDatabase ? contents : throw new CliException($"{archive} is no whole backup: it ends before the database");
    }

    private static BackupContents ReadContents(TarEntry? first, string archive)
    {
        if (first is not { Name: BackupArchive.Contents, DataStream: { } json })
        {
            throw new CliException($"{archive} is not a backup: {BackupArchive.Contents} is not its first entry");
        }

        try
        {
            var contents = BackupContents.Parse(json);
            return contents.Format == BackupArchive.Format
                ? contents
                : throw new CliException($"{archive} has format {contents.Format}, made by release {contents.Release}; this one reads {BackupArchive.Format}");
        }
        catch (JsonException e)
        {
            throw new CliException($"{archive} is not a backup: {BackupArchive.Contents}: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, DirectoryMode);
        await using var file = new FileStream(path, new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = FileMode });
        await (entry.DataStream ?? Stream.Null).CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
