using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Silo.Tests.Clusters;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;

namespace Onboarding.Silo.Tests.Entities;

/// <summary>A rolling upgrade: grains of this release over rows that an earlier one wrote.</summary>
[Collection(nameof(OneSilo))]
public sealed class EarlierReleaseTests(OneSilo cluster)
{
    private readonly InMemoryEntityStore store = new();

    [Fact]
    public async Task Ask_RowOfAnEarlierRelease_IsTheWorkloadThatItWas()
    {
        await store.WriteAsync("workload", "bookinfo/ratings/0123", 0, await File.ReadAllBytesAsync(PathOf("workload-leaving.json")));
        await using var tenant = (Tenant<Workload>)cluster.Start(Workload.Codec, Workload.Messages, store, () => new RecordingEffects<Workload>(), new FakeTimeProvider());

        var description = await tenant.AskAsync("bookinfo/ratings/0123", new Describe());

        description.Registered!.Session.Name.ShouldBe("ratings-jwt-corp--vm1");
        description.Registered.Phase.ShouldBe(LeasePhase.Leaving);
    }

    private static string PathOf(string row) =>
        Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Core.Tests", "Workloads", "Golden", "0.1", row);
}
