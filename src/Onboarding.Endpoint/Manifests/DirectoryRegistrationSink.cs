using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// Writes registrations as YAML that a person can read and <c>kubectl apply</c>: <c>registrations/&lt;namespace&gt;/&lt;name&gt;.yaml</c> below the data
/// directory, with the WorkloadAutoRegistration and its WorkloadEntry. Several processes may share the directory. A file that cannot be read is ours by its place, and is written anew.
/// </summary>
public sealed partial class DirectoryRegistrationSink : IRegistrationSink, IDisposable
{
    private const int LockCount = 64;
    private const int PageSize = 100;
    private const string Pattern = "*.yaml";

    private readonly string root;
    private readonly SharedDirectoryLock shared;
    private readonly string uidLabel;
    private readonly ILogger<DirectoryRegistrationSink> logger;
    private readonly RecentFiles recent = new();
    private readonly WrittenIndex index = new();
    private readonly ImmutableArray<SemaphoreSlim> locks = [.. Enumerable.Range(0, LockCount).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Writes below a data directory.</summary>
    public DirectoryRegistrationSink(string dataDirectory, IOptionsSource options, ILogger<DirectoryRegistrationSink> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        root = Path.Combine(Path.GetFullPath(dataDirectory), "registrations");
        shared = new SharedDirectoryLock(Path.Combine(root, ".locks"), TimeProvider.System);
        uidLabel = WellKnownMetadata.UidLabelValue(options.Uid);
        this.logger = logger;
    }

    /// <inheritdoc/>
    public async ValueTask<string?> ApplyAsync(WorkloadAutoRegistration registration, WorkloadEntry? entry, long epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var path = RegistrationFile.PathOf(root, registration.Metadata.Namespace, registration.Metadata.Name);
        using var held = await HoldAsync(path, cancellationToken);
        var existing = await FindAsync(path, cancellationToken);
        if (existing is not null && !(existing.MayChange(epoch) && existing.WorkloadKey == WrittenFile.KeyOf(registration)))
        {
            return null;
        }

        // Updated in place it stays the same entry; one that was not there is a new one.
        var entryUid = existing?.EntryUid ?? Guid.NewGuid().ToString();
        var users = (existing?.Annotations ?? ImmutableSortedDictionary<string, string>.Empty).Remove(WellKnownMetadata.SuspendedAnnotation);
        var file = new RegistrationFile(
            registration with { Metadata = Stamp(registration.Metadata with { Annotations = users.SetItems(registration.Metadata.Annotations) }, epoch) },
            entry is null ? null : entry with { Metadata = StampEntry(entry.Metadata, epoch, entryUid) });
        var stamp = file.Write(path, TimeProvider.System.GetUtcNow());
        recent.Keep(path, stamp, WrittenFile.Of(file, uidLabel));
        if (stamp is { } written)
        {
            index.Of(registration.Metadata.Namespace).Keep(Path.GetFileName(path), written, WrittenWorkload.Of(file.Registration));
        }

        return entry is null ? null : entryUid;
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string @namespace, string name, long epoch, CancellationToken cancellationToken)
    {
        var path = RegistrationFile.PathOf(root, @namespace, name);
        using var held = await HoldAsync(path, cancellationToken);
        if (File.Exists(path) && (await FindAsync(path, cancellationToken) is not { } existing || existing.MayChange(epoch)))
        {
            File.Delete(path);
            index.Of(@namespace).Remove(Path.GetFileName(path));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WrittenRegistration>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        var written = new List<WrittenRegistration>();
        await foreach (var page in ListPagesAsync(@namespace, cancellationToken))
        {
            written.AddRange(page);
        }

        return written;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<WrittenRegistration>> ListPagesAsync(
        string @namespace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsThere(@namespace))
        {
            yield break;
        }

        var known = index.Of(@namespace);
        foreach (var paths in Directory.EnumerateFiles(Path.Combine(root, @namespace), Pattern).Order(StringComparer.Ordinal).Chunk(PageSize))
        {
            var page = new List<WrittenRegistration>(paths.Length);
            foreach (var path in paths)
            {
                var stamp = FileStamp.Of(path);
                if (await ReadAsync(path, cancellationToken) is not { } file || !file.IsOurs(uidLabel))
                {
                    continue;
                }

                page.Add(ToWritten(file));
                if (stamp is { } seen)
                {
                    // Whoever counts next need not read it again.
                    known.Keep(Path.GetFileName(path), seen, WrittenWorkload.Of(file.Registration));
                }
            }

            yield return page;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Looks at every file, since others may have written it, and reads those that are not known as they stand.</remarks>
    public async ValueTask<IReadOnlyList<WrittenWorkload>> ListWorkloadsAsync(string @namespace, CancellationToken cancellationToken)
    {
        if (!IsThere(@namespace))
        {
            return [];
        }

        var (found, listed, known) = (0, new List<WrittenWorkload>(), index.Of(@namespace));
        foreach (var file in new DirectoryInfo(Path.Combine(root, @namespace)).EnumerateFiles(Pattern))
        {
            found++;
            if (FileStamp.OfFound(file) is { } stamp && await FindWorkloadAsync(known, file, stamp, cancellationToken) is { } workload)
            {
                listed.Add(workload);
            }
        }

        known.Trim(found);
        return listed;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListNamespacesAsync(CancellationToken cancellationToken) => new(
        Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Where(HoldsRegistrations).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : []);

    /// <inheritdoc/>
    public async ValueTask<WrittenRegistration?> FindAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await ReadAsync(RegistrationFile.PathOf(root, @namespace, name), cancellationToken) is { } file && file.IsOurs(uidLabel) ? ToWritten(file) : null;

    /// <inheritdoc/>
    /// <remarks>A power failure leaves files empty that were not forced to the disk.</remarks>
    public ValueTask<bool> ExistsAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        new(FileStamp.Of(RegistrationFile.PathOf(root, @namespace, name)) is { Length: > 0 });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var semaphore in locks)
        {
            semaphore.Dispose();
        }
    }

    private static bool HoldsRegistrations(string directory) =>
        KubernetesName.CheckLabel(Path.GetFileName(directory)) is null && Directory.EnumerateFiles(directory, Pattern).Any();

    private static WrittenRegistration ToWritten(RegistrationFile file) => new(file.Registration, file.Entry is not null, file.Epoch);

    private ObjectMeta Stamp(ObjectMeta metadata, long epoch) => metadata with
    {
        Labels = metadata.Labels.SetItem(WellKnownMetadata.UidLabel, uidLabel),
        Annotations = metadata.Annotations.SetItem(WellKnownMetadata.EpochAnnotation, epoch.ToString(CultureInfo.InvariantCulture)),
    };

    private ObjectMeta StampEntry(ObjectMeta metadata, long epoch, string entryUid)
    {
        var stamped = Stamp(metadata, epoch);
        return stamped with { Annotations = stamped.Annotations.SetItem(WellKnownMetadata.EntryUidAnnotation, entryUid) };
    }

    private bool IsThere(string @namespace) => KubernetesName.CheckLabel(@namespace) is null && Directory.Exists(Path.Combine(root, @namespace));

    private async ValueTask<WrittenWorkload?> FindWorkloadAsync(WrittenIndex.Namespace known, FileInfo file, FileStamp stamp, CancellationToken cancellationToken)
    {
        if (known.TryFind(file.Name, stamp, out var workload))
        {
            return workload;
        }

        // Whoever writes it meanwhile gives it another stamp.
        workload = await ReadAsync(file.FullName, cancellationToken) is { } read && read.IsOurs(uidLabel) ? WrittenWorkload.Of(read.Registration) : null;
        known.Keep(file.Name, stamp, workload);
        return workload;
    }

    private async ValueTask<WrittenFile?> FindAsync(string path, CancellationToken cancellationToken) =>
        FileStamp.Of(path) is not { } stamp ? null
        : recent.Find(path, stamp)
        ?? (await ReadAsync(path, cancellationToken) is { } file ? WrittenFile.Of(file, uidLabel) : null);

    private async Task<RegistrationFile?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        // Most often it is not there, and to be told so by an exception costs more than to look.
        if (!File.Exists(path))
        {
            return null;
        }

        var file = await RegistrationFile.ReadAsync(path, cancellationToken);
        if (file is null && File.Exists(path))
        {
            LogUnreadable(path);
        }

        return file;
    }

    /// <summary>One writer per file: in this process, then among all that share the directory.</summary>
    private async Task<Holder> HoldAsync(string path, CancellationToken cancellationToken)
    {
        var semaphore = locks[(int)((uint)StringComparer.Ordinal.GetHashCode(path) % LockCount)];
        await semaphore.WaitAsync(cancellationToken);
        try
        {
            return new Holder(semaphore, await shared.TakeAsync(Path.GetRelativePath(root, path), cancellationToken));
        }
        catch
        {
            semaphore.Release();
            throw;
        }
    }

    [LoggerMessage(3511, LogLevel.Warning, "{Path} holds no registration that can be read; it is written anew with the workload's next change.")]
    private partial void LogUnreadable(string path);

    private sealed class Holder(SemaphoreSlim semaphore, FileStream shared) : IDisposable
    {
        public void Dispose()
        {
            shared.Dispose();
            semaphore.Release();
        }
    }
}
