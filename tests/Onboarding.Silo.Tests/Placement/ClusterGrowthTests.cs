using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Silo.Entities;
using Onboarding.Silo.Hosting;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Onboarding.Silo.Tests.Placement;

/// <summary>Two silos full of workloads, and one that is added.</summary>
public sealed class ClusterGrowthTests : IAsyncLifetime
{
    private const int Workloads = 900;
    private const int Share = Workloads / 3;

    // Six standard deviations of 900 draws with one chance in three.
    private const int Chance = 85;

    private readonly FakeTimeProvider time = new();
    private InProcessTestCluster cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseEntities();
            silo.AddMemoryGrainStorage("Default");
            silo.Services.AddLogging(logging => logging.ClearProviders());
            silo.Services.AddSingleton(provider => new EntityServices<Workload>(
                Workload.Codec,
                Workload.Messages,
                provider.GetRequiredKeyedService<IGrainStorage>("Default"),
                () => new RecordingEffects<Workload>(),
                time,
                NullLogger.Instance));
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    [Fact]
    public async Task FindNewHome_EveryWorkloadIsRenewedOnceASiloWasAdded_ItHasItsShareAndNoneIsLost()
    {
        await AskAllAsync(new Describe());
        Spread().Sum().ShouldBe(Workloads);

        await cluster.StartAdditionalSiloAsync();
        await AskAllAsync(new KeepSession
        {
            Session = "session",
            Epoch = 1,
            Policy = new PolicyFacts(Version: null, DateTimeOffset.UnixEpoch, TimeSpan.Zero),
            TokenValidity = TimeSpan.FromHours(1),
        });

        // A workload moves after its answer, and is nowhere meanwhile. One that finds the directory on the move as well is, until somebody asks it.
        await RunningCluster.UntilAsync(() => Spread()[^1] >= Share - Chance);
        await AskAllAsync(new Describe());
        Spread().Sum().ShouldBe(Workloads);
        Spread()[^1].ShouldBeInRange(Share - Chance, Share + Chance);
    }

    private int[] Spread() =>
        [.. cluster.Silos.Select(silo => cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<EntityServices<Workload>>().Activations.Now)];

    private Task AskAllAsync(ICommand<Workload> command) => Parallel.ForEachAsync(
        Enumerable.Range(0, Workloads),
        new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (number, _) =>
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"bookinfo/ratings/{number}");
            await cluster.Client.GetGrain<IEntityGrain>(GrainId.Create("workload", key)).AskAsync(new(Workload.Messages.EncodeCommand(command)), default);
        });
}
