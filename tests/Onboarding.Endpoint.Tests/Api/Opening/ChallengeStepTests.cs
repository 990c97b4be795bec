using System.Net;
using Onboarding.Attestation.Challenges;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Api.Opening;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Api.Opening;

public sealed class ChallengeStepTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ChallengeIssuer challenges;
    private readonly ChallengeStep sut;

    public ChallengeStepTests()
    {
        challenges = new ChallengeIssuer(new SigningKeys(SigningKeySet.Create(time.GetUtcNow())), new FakeOptionsSource(), time);
        sut = new ChallengeStep(challenges);
    }

    [Fact]
    public async Task Check_CredentialWithAChallenge_RemembersItsExpiry()
    {
        var challenge = challenges.Create();
        var attempt = AttemptWith(challenge.Nonce);

        (await sut.CheckAsync(attempt, CancellationToken.None)).ShouldBeNull();
        attempt.NonceExpiresAt.ShouldBe(challenge.ExpiresAt);
    }

    /// <summary>Row 35.</summary>
    [Fact]
    public async Task Attacker_InventsAChallenge_IsRejected()
    {
        var attempt = AttemptWith(Base64UrlText.Encode(new byte[40]));

        (await sut.CheckAsync(attempt, CancellationToken.None))!.Code.ShouldBe(ProblemCodes.CredentialRejected);
        attempt.NonceExpiresAt.ShouldBeNull();
    }

    [Fact]
    public async Task Attacker_KeepsAChallengeUntilItHasExpired_IsRejected()
    {
        var attempt = AttemptWith(challenges.Create().Nonce);
        time.Advance(TimeSpan.FromSeconds(60));

        (await sut.CheckAsync(attempt, CancellationToken.None))!.Code.ShouldBe(ProblemCodes.CredentialRejected);
    }

    private static SessionAttempt AttemptWith(string nonce) => new(
        new OpenSessionRequest(new ChallengedCredential(nonce), new("bookinfo", "ratings"), Requests.InstanceId, new SessionKey("EC", "P-256", "", "")),
        IPAddress.Loopback,
        host: null,
        "correlation");

    private sealed record ChallengedCredential(string Nonce) : Credential, IChallengedCredential
    {
        public override string Kind => "test";
    }
}
