using Onboarding.Benchmarks.Endpoint;
using Onboarding.Client;

namespace Onboarding.Benchmarks.Silos;

/// <summary>One of those that are compared: an endpoint, or silos and their database.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Processes">The endpoint, or the silos.</param>
/// <param name="Apis">Clients of each of them.</param>
/// <param name="Cluster">The silos; null: it is the standalone edition.</param>
/// <param name="Data">Where its registrations are.</param>
internal sealed record Contender(string Name, IReadOnlyList<ChildProcess> Processes, IReadOnlyList<ApiClient> Apis, BenchedCluster? Cluster, string Data)
{
    // What a silo does for its cluster goes on all the time.
    private static readonly TimeSpan NextToNothing = TimeSpan.FromMilliseconds(60);

    /// <summary>CPU time of the endpoint, or of all silos.</summary>
    public TimeSpan Cpu => Processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.Cpu);

    /// <summary>CPU time of the database; none in the standalone edition, where it is the endpoint's.</summary>
    public TimeSpan DatabaseCpu => Cluster is null ? TimeSpan.Zero : ProcessTree.Cpu(Cluster.Database.ProcessId);

    /// <summary>Statements so far.</summary>
    public Task<Statements> CountAsync() => Cluster is null ? Task.FromResult(Statements.None) : Statements.ReadAsync(Cluster.Database);

    /// <summary>Waits until it has next to nothing to do.</summary>
    public async Task UntilQuietAsync()
    {
        TimeSpan before;
        do
        {
            before = Cpu + DatabaseCpu;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
        while (Cpu + DatabaseCpu - before > NextToNothing * Processes.Count);
    }

    /// <summary>The files of its registrations.</summary>
    public IEnumerable<FileInfo> Registrations() => new DirectoryInfo(Path.Combine(Data, "registrations")) is { Exists: true } folder
        ? folder.EnumerateFiles("*.yaml", SearchOption.AllDirectories)
        : [];
}
