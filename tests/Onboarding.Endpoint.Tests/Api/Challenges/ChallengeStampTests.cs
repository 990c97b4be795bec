using System.Net;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Api.Challenges;
using Onboarding.Endpoint.Api.Opening;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Api.Challenges;

public sealed class ChallengeStampTests
{
    private readonly FakeTimeProvider time = new();
    private readonly SigningKeys keys;
    private readonly ChallengeStamp sut;

    public ChallengeStampTests()
    {
        keys = new SigningKeys(SigningKeySet.Create(time.GetUtcNow()));
        sut = new ChallengeStamp(keys, new FakeOptionsSource(), time);
    }

    [Fact]
    public void Create_Twice_GivesTwo() => string.Equals(sut.Create().Nonce, sut.Create().Nonce, StringComparison.Ordinal).ShouldBeFalse();

    [Fact]
    public void Verify_OwnChallenge_SaysWhenItExpires()
    {
        var challenge = sut.Create();

        sut.Verify(challenge.Nonce).ShouldBe(challenge.ExpiresAt);
    }

    [Fact]
    public void Verify_AfterItsExpiry_Refuses()
    {
        var challenge = sut.Create();

        time.Advance(TimeSpan.FromSeconds(60));

        sut.Verify(challenge.Nonce).ShouldBeNull();
    }

    [Fact]
    public void Verify_AfterKeysRotated_AcceptsAsLongAsTheKeyIsKept()
    {
        var challenge = sut.Create();
        var old = keys.Current.Active.Kid;
        keys.Replace(keys.Current.Add(time.GetUtcNow()));
        keys.Replace(keys.Current.Activate(keys.Current.Keys[^1].Kid));

        sut.Verify(challenge.Nonce).ShouldNotBeNull();
        keys.Replace(keys.Current.Remove(old));
        sut.Verify(challenge.Nonce).ShouldBeNull();
    }

    [Fact]
    public void Attacker_ChangesAnyByteOfAChallenge_IsRefused()
    {
        Base64UrlText.TryDecode(sut.Create().Nonce, out var nonce).ShouldBeTrue();
        for (var index = 0; index < nonce!.Length; index++)
        {
            var forged = (byte[])nonce.Clone();
            forged[index] ^= 1;
            sut.Verify(Base64UrlText.Encode(forged)).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64url!")]
    public void Verify_NotAChallenge_Refuses(string nonce) => sut.Verify(nonce).ShouldBeNull();

    [Fact]
    public async Task Step_CredentialWithAnInventedChallenge_IsRejected()
    {
        var refusal = await new ChallengeStep(sut).CheckAsync(AttemptWith(Base64UrlText.Encode(new byte[40])), CancellationToken.None);

        refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
    }

    [Fact]
    public async Task Step_CredentialWithAChallenge_RemembersItsExpiry()
    {
        var challenge = sut.Create();
        var attempt = AttemptWith(challenge.Nonce);

        (await new ChallengeStep(sut).CheckAsync(attempt, CancellationToken.None)).ShouldBeNull();
        attempt.NonceExpiresAt.ShouldBe(challenge.ExpiresAt);
    }

    private static SessionAttempt AttemptWith(string nonce) => new(
        new OpenSessionRequest(new ChallengedCredential(nonce), new("bookinfo", "ratings"), Requests.InstanceId, new SessionKey("EC", "P-256", "", "")),
        IPAddress.Loopback,
        "correlation");

    private sealed record ChallengedCredential(string Nonce) : Credential, IChallengedCredential
    {
        public override string Kind => "test";
    }
}
