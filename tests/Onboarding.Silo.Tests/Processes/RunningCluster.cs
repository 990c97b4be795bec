using Onboarding.TestKit.Issuers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>Silos that are processes, over one storage, and agents that join through them.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly TestPki pki;
    private readonly List<SiloProcess> started = [];
    private readonly ITestOutputHelper output;
    private readonly TestIssuer issuer;
    private bool isWell;

    private RunningCluster(ITestOutputHelper output, TestIssuer issuer, TestPki pki, SiloFiles files, Fleet fleet)
    {
        this.output = output;
        this.issuer = issuer;
        this.pki = pki;
        Files = files;
        Fleet = fleet;
    }

    /// <summary>What the silos share.</summary>
    public SiloFiles Files { get; }

    /// <summary>The agents.</summary>
    public Fleet Fleet { get; }

    /// <summary>A cluster without silos.</summary>
    public static async Task<RunningCluster> CreateAsync(ITestOutputHelper output, string provider, string connectionString, int agents, TimeSpan? gracePeriod, bool areSteady = false)
    {
        var authority = new TestPki();
        var tokens = await TestIssuer.StartAsync(authority, algorithm: "ES256");
        var storage = new { ProviderType = provider, ConnectionString = connectionString };
        var files = new SiloFiles(
            authority,
            tokens.Issuer,
            new
            {
                Clustering = storage,
                GrainStorage = new { Default = storage },
                Draining = new { Serve = "00:00:01" },

                // Where nobody is to be found dead, a slow machine must not look like death.
                Membership = new { ProbeTimeout = gracePeriod is null ? "00:00:05" : "00:00:01", MaxProbeTimeout = gracePeriod is null ? "00:00:10" : "00:00:02" },
            },
            gracePeriod);
        return new RunningCluster(output, tokens, authority, files, new Fleet(authority, tokens, agents, areSteady));
    }

    /// <summary>Adds silos, and waits until they are ready.</summary>
    public Task<SiloProcess[]> AddAsync(int count) => AddAsync(Enumerable.Range(0, count).Select(_ => SiloProcess.Start(Files)));

    /// <summary>Adds silos of the release in a directory, and waits until they are ready.</summary>
    public Task<SiloProcess[]> AddAsync(int count, string release) => AddAsync(Enumerable.Range(0, count).Select(_ => SiloProcess.StartOf(release, Files)));

    /// <summary>Adds silos that somebody else started, and waits until they are ready.</summary>
    public async Task<SiloProcess[]> AddAsync(IEnumerable<SiloProcess> silos)
    {
        var added = silos.ToArray();
        started.AddRange(added);
        await Task.WhenAll(added.Select(silo => silo.UntilReadyAsync()));
        return added;
    }

    /// <summary>Whoever was told that it is registered still is, under its own name, and nobody else.</summary>
    public async Task ShouldHaveLostNothingAsync()
    {
        await Fleet.BeatAsync();
        Fleet.Names.ShouldBeUnique(StringComparer.Ordinal);
        await UntilAsync(() => Files.Written().Length >= Fleet.Count);
        Files.Written().Order(StringComparer.Ordinal).ShouldBe(Fleet.Names.Order(StringComparer.Ordinal));
        isWell = true;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!isWell)
        {
            output.WriteLine(string.Join("\n---\n", started.Select(silo => silo.Errors)));
        }

        started.ForEach(silo => silo.Dispose());
        Fleet.Dispose();
        Files.Dispose();
        await issuer.DisposeAsync();
        pki.Dispose();
    }
}
