using Microsoft.Extensions.DependencyInjection;
using Onboarding.Attestation.Oidc;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Attestation.Tests.Oidc.Keys;

/// <summary>Refresh, single flight, cool-down and stale use, in fake time with a source that answers when told.</summary>
public sealed class FetchedKeysTests : IDisposable
{
    private static readonly JwtAlgorithm Algorithm = JwtAlgorithm.Find("ES256")!;
    private readonly FakeTimeProvider time = new();
    private readonly ScriptedSource source = new();
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<IssuerKeysTelemetry>().BuildServiceProvider();
    private readonly FetchedKeys sut;

    public FetchedKeysTests()
    {
        var issuer = new JwtIssuerOptions { Issuer = "https://issuer.example", ShortName = "test" };
        sut = new FetchedKeys(issuer, source, time, services.GetRequiredService<IssuerKeysTelemetry>());
    }

    public void Dispose()
    {
        sut.Dispose();
        services.Dispose();
    }

    [Fact]
    public async Task FindAsync_BeforeTheFirstFetchEnds_WaitsForIt()
    {
        var found = Find("one");
        found.IsCompleted.ShouldBeFalse();

        await source.AnswerAsync("one");

        (await found).IsGranted.ShouldBeTrue();
        source.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task FindAsync_AKnownKid_FetchesNothing()
    {
        await ServeAsync("one");

        (await Find("one")).IsGranted.ShouldBeTrue();

        source.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task FindAsync_AfterTenMinutes_HasTheKeysOfANewFetch()
    {
        await ServeAsync("one");

        time.Advance(OidcLimits.RefreshInterval);
        await source.AnswerAsync("two");

        (await Find("two")).IsGranted.ShouldBeTrue();
        (await Find("one")).IsGranted.ShouldBeFalse();
    }

    [Fact]
    public async Task FindAsync_AnUnknownKid_FetchesOnceForAllWhoWait()
    {
        await ServeAsync("one");
        time.Advance(OidcLimits.CoolDown);

        var waiting = Enumerable.Range(0, OidcLimits.Waiters).Select(_ => Find("two")).ToArray();
        await source.AnswerAsync("one", "two");

        (await Task.WhenAll(waiting)).ShouldAllBe(outcome => outcome.IsGranted);
        source.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task FindAsync_AKidThatTheFetchDoesNotBring_IsRefused()
    {
        await ServeAsync("one");
        time.Advance(OidcLimits.CoolDown);

        var found = Find("invented");
        await source.AnswerAsync("one");

        (await found).Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
    }

    [Fact]
    public async Task FloodOfUnknownKids_InTheCoolDown_FetchesNothing()
    {
        await ServeAsync("one");
        time.Advance(TimeSpan.FromSeconds(10));

        for (var index = 0; index < 1000; index++)
        {
            var refusal = (await Find($"invented-{index}")).Refusal!;
            refusal.Code.ShouldBe(ProblemCodes.Unavailable);
            refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(20));
        }

        source.Fetches.ShouldBe(1);
        (await Find("one")).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task FloodOfUnknownKids_BeyondTheWaiters_IsTurnedAway()
    {
        await ServeAsync("one");
        time.Advance(OidcLimits.CoolDown);
        var waiting = Enumerable.Range(0, OidcLimits.Waiters).Select(index => Find($"invented-{index}")).ToArray();

        (await Find("one-more")).Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);
        (await Find("one")).IsGranted.ShouldBeTrue();

        await source.AnswerAsync("one");
        (await Task.WhenAll(waiting)).ShouldAllBe(outcome => outcome.Refusal!.Code == ProblemCodes.CredentialRejected);
        time.Advance(OidcLimits.CoolDown);
        var again = Find("two");
        await source.AnswerAsync("two");
        (await again).IsGranted.ShouldBeTrue("those who were served make room");
    }

    [Fact]
    public async Task SlowKeys_AfterFiveSeconds_AreUnavailable()
    {
        await ServeAsync("one");
        time.Advance(OidcLimits.CoolDown);
        var found = Find("two");
        await source.Asked;

        time.Advance(OidcLimits.Wait);

        (await found).Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);
        await source.AnswerAsync("two");
        (await Find("two")).IsGranted.ShouldBeTrue("the fetch went on without the one who waited");
    }

    [Fact]
    public async Task SlowKeys_AfterTenSeconds_AreGivenUp()
    {
        await ServeAsync("one");
        time.Advance(OidcLimits.CoolDown);
        var found = Find("two");
        await source.Asked;

        time.Advance(OidcLimits.FetchTimeout);

        await source.Cancelled;
        (await found).Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);
        (await Find("one")).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task FindAsync_ACallerThatGoesAway_DoesNotEndTheFetch()
    {
        using var caller = new CancellationTokenSource();
        var found = Find("one", caller.Token);
        await source.Asked;

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(found);
        await source.AnswerAsync("one");
        (await Find("one")).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task FindAsync_WithoutASuccessfulFetch_ServesTheLastKeysForSixHours()
    {
        await ServeAsync("one");

        source.FailFromNowOn();
        time.Advance(OidcLimits.StaleUse);
        (await Find("one")).IsGranted.ShouldBeTrue();

        time.Advance(TimeSpan.FromTicks(1));
        (await Find("one")).Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);
    }

    [Fact]
    public async Task FindAsync_AnIssuerThatWasNeverReached_IsUnavailableAndTriedAgain()
    {
        var found = Find("one");
        await source.FailAsync();
        (await found).Refusal!.Code.ShouldBe(ProblemCodes.Unavailable);

        time.Advance(OidcLimits.CoolDown);
        await source.AnswerAsync("one");

        (await Find("one")).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_WhileAFetchRuns_EndsItAndFetchesNoMore()
    {
        await source.Asked;

        sut.Dispose();

        await source.Cancelled;
        time.Advance(OidcLimits.RefreshInterval);
        source.Fetches.ShouldBe(1);
    }

    private Task<Outcome<VerificationKey>> Find(string keyId, CancellationToken cancellationToken = default) =>
        sut.FindAsync(keyId, Algorithm, cancellationToken).AsTask();

    private async Task ServeAsync(string keyId)
    {
        var found = Find(keyId);
        await source.AnswerAsync(keyId);
        (await found).IsGranted.ShouldBeTrue();
    }
}
