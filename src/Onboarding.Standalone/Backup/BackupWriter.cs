using System.Formats.Tar;
using Onboarding.Core.Backup;
using Onboarding.Core.Configuration;
using Onboarding.Standalone.Data;

namespace Onboarding.Standalone.Backup;

/// <summary>Writes the archive of a running endpoint's data directory.</summary>
internal sealed class BackupWriter(DataDirectory data, IOptionsSource options, TimeProvider time) : IDisposable
{
    private const string Draft = "backup.db";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SemaphoreSlim one = new(1);

    /// <summary>Writes an archive; with the signing keys only where that is asked for.</summary>
    /// <exception cref="IOException">Something could not be read.</exception>
    public async Task WriteAsync(Stream output, bool withKeys, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await using var archive = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
            var contents = new BackupContents(BackupArchive.Format, OnboardingServices.Release, time.GetUtcNow(), options.Uid, withKeys);
            await AddAsync(archive, BackupArchive.Contents, new MemoryStream(contents.ToJson()), cancellationToken);
            await AddFileAsync(archive, BackupArchive.Uid, cancellationToken);
            if (withKeys)
            {
                await AddFileAsync(archive, BackupArchive.SigningKeys, cancellationToken);
            }

            // Before the database: a registration without its row is adopted, a row without its registration waits for its agent.
            await AddRegistrationsAsync(archive, cancellationToken);
            await AddDatabaseAsync(archive, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task AddRegistrationsAsync(TarWriter archive, CancellationToken cancellationToken)
    {
        var root = new DirectoryInfo(data.PathOf(BackupArchive.Registrations));
        foreach (var @namespace in root.Exists ? root.EnumerateDirectories() : [])
        {
            foreach (var file in @namespace.EnumerateFiles("*.yaml"))
            {
                var name = BackupArchive.RegistrationName(@namespace.Name, file.Name);
                if (BackupArchive.IsKnown(name))
                {
                    await AddFileAsync(archive, name, cancellationToken);
                }
            }
        }
    }

    private async Task AddDatabaseAsync(TarWriter archive, CancellationToken cancellationToken)
    {
        // What a stopped backup left behind; made here, so that it is the owner's alone.
        File.Delete(data.PathOf(Draft));
        data.Touch(Draft);
        try
        {
            await Task.Run(() => DatabaseSnapshot.Take(data.PathOf(OnboardingServices.DatabaseFile), data.PathOf(Draft)), cancellationToken);
            await using var copy = File.OpenRead(data.PathOf(Draft));
            await AddAsync(archive, BackupArchive.Database, copy, cancellationToken);
        }
        finally
        {
            File.Delete(data.PathOf(Draft));
        }
    }

    private async Task AddFileAsync(TarWriter archive, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(data.PathOf(name));
            await AddAsync(archive, name, file, cancellationToken);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // A configured uid has no file, and a registration may go at any time.
        }
    }

    private async Task AddAsync(TarWriter archive, string name, Stream contents, CancellationToken cancellationToken) =>
        await archive.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = contents, Mode = Mode, ModificationTime = time.GetUtcNow() },
            cancellationToken);
}
