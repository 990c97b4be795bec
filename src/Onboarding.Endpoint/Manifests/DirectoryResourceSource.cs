using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// Resources from a directory of manifests. Changes are taken over 1 s after the last one. A broken file keeps its last good contents and is reported
/// with file, line and field. A directory that cannot be read is a failed list. So is, at the start, one with a broken file: what it should say is
/// unknown, and unknown is not empty. Registered as singleton and as hosted service; the first list is complete when it has started.
/// </summary>
public sealed partial class DirectoryResourceSource : BackgroundService, IResourceSource
{
    /// <summary>How long nothing must have changed.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>How often the directory is looked at: watchers miss swapped links, network file systems, and what happens while none is left.</summary>
    internal static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly string directory;
    private readonly string istioNamespace;
    private readonly TimeProvider time;
    private readonly ILogger<DirectoryResourceSource> logger;
    private readonly ManifestCache cache;
    private readonly QuietPeriod changes;
    private ImmutableHashSet<FieldProblem> reported = [];
    private ImmutableArray<Manifest> inUse = [];
    private string? failure;
    private volatile State state = new(null, false);

    /// <summary>Reads a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where problems are reported.</param>
    /// <param name="istioNamespace">Namespace of the mesh's ConfigMaps and of Service <c>vmgateway</c>.</param>
    public DirectoryResourceSource(string directory, TimeProvider time, ILogger<DirectoryResourceSource> logger, string istioNamespace = "istio-system")
    {
        this.directory = Path.GetFullPath(directory);
        (this.time, this.logger, this.istioNamespace) = (time, logger, istioNamespace);
        cache = new ManifestCache(this.directory);
        changes = new QuietPeriod(Quiet, LongestWait, time);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public ResourceSnapshot? Current => state.Snapshot;

    /// <inheritdoc/>
    public bool IsCurrent => state.IsCurrent;

    /// <summary>Lists for the first time, then keeps watching.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        changes.Dispose();
        base.Dispose();
    }

    /// <summary>Lists once.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        ManifestList list;
        try
        {
            list = await cache.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e.Message);
            return;
        }

        var problems = new ProblemList();
        var snapshot = ManifestSnapshot.Build(list.Manifests, istioNamespace, time.GetUtcNow(), problems);
        Report([.. list.Problems, .. problems.Items]);
        if (list.HasUnknown && state.Snapshot is null)
        {
            Fail("a file is broken, and what it should say is not known");
            return;
        }

        Use(snapshot, list.Manifests);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var poll = time.CreateTimer(_ => Poll(), state: null, PollInterval, PollInterval);
        using var watcher = Watch();
        try
        {
            while (true)
            {
                await changes.WaitAsync(stoppingToken);
                await TryRefreshAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    // A background service that throws stops the process, and nothing that a manifest says is worth that.
    private async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotTakenOver(directory, exception);
        }
    }

    private void Poll()
    {
        // A directory that comes back as it was has not changed since it was read, and yet must be listed again.
        if (!state.IsCurrent || cache.HasChanged())
        {
            changes.Touch();
        }
    }

    /// <summary>Where there is no watcher (no directory, no inotify instance left), polling does.</summary>
    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(directory) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => changes.Touch();
            watcher.Created += (_, _) => changes.Touch();
            watcher.Deleted += (_, _) => changes.Touch();
            watcher.Renamed += (_, _) => changes.Touch();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            LogPolling(e.Message);
            return null;
        }
    }

    private void Use(ResourceSnapshot snapshot, ImmutableArray<Manifest> manifests)
    {
        if (failure is not null)
        {
            failure = null;
            LogRecovered(directory);
        }

        if (state.IsCurrent && manifests.SequenceEqual(inUse))
        {
            return;
        }

        inUse = manifests;
        state = new State(snapshot, true);
        LogListed(manifests.Length, snapshot.WorkloadGroups.Length, snapshot.Policies.Length);
        Changed?.Invoke();
    }

    private void Fail(string reason)
    {
        if (!string.Equals(failure, reason, StringComparison.Ordinal))
        {
            failure = reason;
            LogFailed(directory, reason);
        }

        if (state.IsCurrent)
        {
            state = state with { IsCurrent = false };
            Changed?.Invoke();
        }
    }

    /// <summary>Each problem is said once, as long as it lasts.</summary>
    private void Report(ImmutableHashSet<FieldProblem> problems)
    {
        foreach (var problem in problems.Except(reported).OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line))
        {
            if (problem.IsWarning)
            {
                LogNote(problem.ToString());
            }
            else
            {
                LogProblem(problem.ToString());
            }
        }

        reported = problems;
    }

    [LoggerMessage(3501, LogLevel.Information, "Manifests are in use: {Files} files, {Groups} WorkloadGroups, {Policies} OnboardingPolicies.")]
    private partial void LogListed(int files, int groups, int policies);

    [LoggerMessage(3502, LogLevel.Error, "Manifest {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(3503, LogLevel.Information, "Manifest {Problem}")]
    private partial void LogNote(string problem);

    [LoggerMessage(3504, LogLevel.Error, "The manifests in {Directory} cannot be listed; what was known before stays in force, and no session is opened where nothing was: {Reason}")]
    private partial void LogFailed(string directory, string reason);

    [LoggerMessage(3505, LogLevel.Information, "The manifests in {Directory} can be listed again.")]
    private partial void LogRecovered(string directory);

    [LoggerMessage(3506, LogLevel.Warning, "Changes of manifests are noticed by polling only: {Reason}")]
    private partial void LogPolling(string reason);

    [LoggerMessage(3507, LogLevel.Error, "The manifests in {Directory} could not be taken over whole; correct what changed last, and report this.")]
    private partial void LogNotTakenOver(string directory, Exception exception);

    private sealed record State(ResourceSnapshot? Snapshot, bool IsCurrent);
}
