using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Protocol;
using Onboarding.TestKit.Aws;
using static Onboarding.Attestation.Tests.Support.AwsSetup;

namespace Onboarding.Attestation.Tests.Aws.Proofs;

/// <summary>An STS that fails, is slow or says something odd gives no verdict; and it is never asked too much.</summary>
public sealed class StsFailureTests : IAsyncLifetime
{
    private AwsSetup aws = null!;

    public async Task InitializeAsync() => aws = await AwsSetup.StartAsync();

    public async Task DisposeAsync() => await aws.DisposeAsync();

    [Theory]
    [InlineData(StsMisbehaviour.Throttles)]
    [InlineData(StsMisbehaviour.Fails)]
    [InlineData(StsMisbehaviour.Unavailable)]
    [InlineData(StsMisbehaviour.Xml)]
    [InlineData(StsMisbehaviour.Garbage)]
    [InlineData(StsMisbehaviour.TwoResults)]
    [InlineData(StsMisbehaviour.TrailingData)]
    [InlineData(StsMisbehaviour.Huge)]
    public async Task Prove_StsMisbehaves_IsUnavailableAndThenProven(StsMisbehaviour misbehaviour)
    {
        var credential = aws.Mint.Show(Victim, Binding());
        aws.Sts.Misbehaviour = misbehaviour;

        var refused = await aws.ShowAsync(credential);
        aws.Sts.Release();

        refused.Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);
        refused.Refusal.RetryAfter.ShouldNotBeNull();
        (await aws.ShowAsync(credential)).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Prove_StsDoesNotAnswer_IsUnavailableAfterFiveSeconds()
    {
        aws.Sts.Misbehaviour = StsMisbehaviour.Stalls;
        var shown = aws.ShowAsync(aws.Mint.Show(Victim, Binding()));
        await aws.Sts.UntilInFlightAsync(1);

        aws.Time.Advance(TimeSpan.FromSeconds(4.9));
        shown.IsCompleted.ShouldBeFalse();
        aws.Time.Advance(TimeSpan.FromSeconds(0.1));

        (await shown).Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);
    }

    /// <summary>One account's storm holds only itself up: 64 are asked about, the others wait for 2 s.</summary>
    [Fact]
    public async Task Attempt_StormOfOneAccount_LeavesTheOthersTheirTurns()
    {
        aws.Sts.Misbehaviour = StsMisbehaviour.Stalls;
        var storm = Enumerable.Range(0, 70).Select(_ => aws.ShowAsync(aws.Mint.Show(Victim, Binding()), withRole: false)).ToArray();
        await aws.Sts.UntilInFlightAsync(64);
        var other = aws.ShowAsync(aws.Mint.Show(Attacker with { Account = "210987654321" }, Binding()), withRole: false);
        await aws.Sts.UntilInFlightAsync(65);

        aws.Time.Advance(TimeSpan.FromSeconds(2));
        var limited = await Task.WhenAll(storm[64..]);
        aws.Sts.Release();

        limited.ShouldAllBe(outcome => outcome.Refusal!.Code == ProblemCodes.RateLimited && outcome.Refusal.RetryAfter != null);
        (await other).IsGranted.ShouldBeTrue();
        (await Task.WhenAll(storm)).Count(outcome => outcome.IsGranted).ShouldBe(64);
        aws.Sts.Calls.ShouldBe(65);
    }

    [Fact]
    public async Task Enter_AllTurnsAreTaken_WaitsAndGivesUp()
    {
        var sut = aws.Get<StsBulkhead>();
        var turns = new List<IDisposable?>();
        for (var i = 0; i < 256; i++)
        {
            turns.Add(await sut.EnterAsync($"account-{i / 64}", CancellationToken.None));
        }

        var waiting = sut.EnterAsync("one more", CancellationToken.None).AsTask();
        var patient = sut.EnterAsync("another", CancellationToken.None).AsTask();
        turns.ShouldAllBe(turn => turn != null);
        turns[0]!.Dispose();
        using var admitted = await waiting;
        aws.Time.Advance(TimeSpan.FromSeconds(2));

        admitted.ShouldNotBeNull();
        (await patient).ShouldBeNull();
        turns.ForEach(turn => turn!.Dispose());
    }

    /// <summary>Behind a proxy that does not pass the name on, each of the endpoint's names is tried; a named one alone.</summary>
    [Theory]
    [InlineData(null, true, 2)]
    [InlineData("unknown.example", true, 2)]
    [InlineData("SECOND.example", true, 1)]
    [InlineData("first.example", false, 1)]
    public async Task Prove_EndpointOfTwoHosts_IsBoundToTheOneThatWasVerified(string? named, bool expected, int calls)
    {
        await using var two = await AwsSetup.StartAsync("first.example", "second.example");
        var credential = two.Mint.Show(Victim with { Role = null }, Binding() with { EndpointHost = "second.example" });

        (await two.ShowAsync(credential, AwsSetup.Request with { EndpointHost = named })).IsGranted.ShouldBe(expected);

        two.Sts.Calls.ShouldBe(calls);
    }
}
