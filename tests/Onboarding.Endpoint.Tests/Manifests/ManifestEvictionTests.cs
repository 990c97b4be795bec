using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Configuration;
using Onboarding.Endpoint.Manifests;
using Onboarding.Protocol;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Endpoint.Tests.Manifests;

/// <summary>What becomes of workloads that live while somebody works on the directory of manifests: no eviction that was not asked for.</summary>
public sealed class ManifestEvictionTests : FleetContract, IDisposable
{
    private const string Revocation = "session.revoke";

    private const string Group = """
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata: {name: ratings, namespace: bookinfo, labels: {app: ratings}}
        spec: {template: {serviceAccount: ratings-vm}}

        """;

    private const string Policy = """
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata: {name: allow, namespace: bookinfo}
        spec:
          allow:
          - workloads:
            - jwt: {issuer: https://issuer.example.com}
            onboardTo:
            - workloadGroupSelector: {matchLabels: {app: ratings}}

        """;

    private static readonly TimeSpan Delay = new WorkloadsOptions().AuthorizationWithdrawalDelay;

    private readonly TemporaryDirectory directory = new();
    private DirectoryResourceSource source = null!;
    private SimulatedAgent[] agents = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        directory.Write("manifests/group.yaml", Group);
        directory.Write("manifests/policy.yaml", Policy);
        source = new DirectoryResourceSource(directory.PathOf("manifests"), World.Time, NullLogger<DirectoryResourceSource>.Instance);
        await RefreshAsync();
        agents = await JoinAllAsync(5);
    }

    public void Dispose()
    {
        source.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task Directory_RenamedAwayAndBack_EvictsNobody()
    {
        Directory.Move(directory.PathOf("manifests"), directory.PathOf("elsewhere"));
        await LiveOnAsync();
        Directory.Move(directory.PathOf("elsewhere"), directory.PathOf("manifests"));
        await LiveOnAsync();

        World.Audit.Of(Revocation).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("policy.yaml", "")]
    [InlineData("policy.yaml", "apiVersion: authorization.onboarding.tetrate.io/v1alpha1\nkind: OnboardingPolicy\nmetadata: {name: al")]
    [InlineData("group.yaml", "apiVersion: networking.istio.io/v1\nkind: Work")]
    [InlineData("group.yaml", "{")]
    public async Task File_HalfWrittenThenWhole_EvictsNobody(string file, string half)
    {
        var whole = await File.ReadAllTextAsync(directory.PathOf($"manifests/{file}"));
        directory.Write($"manifests/{file}", half);
        await RefreshAsync();
        (await BeatAsync()).ShouldAllBe(outcome => outcome.IsGranted);
        World.Time.Advance(Delay - TimeSpan.FromSeconds(1));
        directory.Write($"manifests/{file}", whole);
        await LiveOnAsync();

        World.Audit.Of(Revocation).ShouldBeEmpty();
    }

    [Fact]
    public async Task File_BrokenForLong_EvictsNobody()
    {
        directory.Write("manifests/policy.yaml", Policy + "  : [");

        await LiveOnAsync();

        World.Audit.Of(Revocation).ShouldBeEmpty();
    }

    [Fact]
    public async Task Directory_Emptied_EvictsNoMoreThanTheBrakeLetsGoAndNobodyOnceItIsFilledAgain()
    {
        directory.Delete("manifests/group.yaml");
        directory.Delete("manifests/policy.yaml");
        await RefreshAsync();
        await BeatAsync();
        World.Time.Advance(Delay);
        var kept = (await BeatAsync()).Select((outcome, i) => (outcome.IsGranted, Agent: agents[i])).Where(one => one.IsGranted).Select(one => one.Agent).ToArray();
        kept.Length.ShouldBe(4, "20 % of five");

        directory.Write("manifests/group.yaml", Group);
        directory.Write("manifests/policy.yaml", Policy);
        agents = kept;
        await LiveOnAsync();

        World.Audit.Of(Revocation).Count.ShouldBe(1);
    }

    protected override IEntityHosts NewHosts() => new LocalEntityHosts();

    /// <summary>What the source says by now, for as long as a withdrawal and the policies' age would need.</summary>
    private async Task LiveOnAsync()
    {
        await RefreshAsync();
        await PassAsync(2 * Delay, agents);
        await RefreshAsync();
        await PassAsync(new WorkloadsOptions().MaxPolicyAge / 4, agents);
    }

    private async Task RefreshAsync()
    {
        await source.RefreshAsync(CancellationToken.None);
        if (source.Current is { } list)
        {
            World.Resources.Set(list);
        }

        if (!source.IsCurrent)
        {
            World.Resources.Fail();
        }
    }

    private async Task<List<Core.Outcome<HeartbeatResponse>>> BeatAsync()
    {
        var outcomes = new List<Core.Outcome<HeartbeatResponse>>();
        foreach (var agent in agents)
        {
            outcomes.Add(await agent.HeartbeatAsync());
        }

        return outcomes;
    }
}
