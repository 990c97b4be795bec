using System.Security.Cryptography;
using Onboarding.Attestation.Challenges;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Attestation.Tests.Challenges;

public class ChallengeIssuerTests
{
    private readonly FakeTimeProvider time = new();
    private readonly SigningKeys keys;
    private readonly ChallengeIssuer sut;

    public ChallengeIssuerTests()
    {
        keys = new SigningKeys(SigningKeySet.Create(time.GetUtcNow()));
        sut = Of("https://onboarding.example");
    }

    [Fact]
    public void Read_AFreshChallenge_IsGrantedUntilItExpires()
    {
        var challenge = sut.Create();

        challenge.ExpiresAt.ShouldBe(time.GetUtcNow().AddSeconds(60));
        sut.Read(challenge.Nonce).Value.ShouldBe(challenge);
        time.Advance(TimeSpan.FromMilliseconds(59_999));
        sut.Read(challenge.Nonce).IsGranted.ShouldBeTrue();
        time.Advance(TimeSpan.FromMilliseconds(1));
        sut.Read(challenge.Nonce).Refusal!.Reason.ShouldBe("challenge: the nonce has expired");
    }

    [Fact]
    public void Create_AtOneMoment_NeverGivesTheSameNonce() =>
        Enumerable.Range(0, 100).Select(_ => sut.Create().Nonce).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);

    [Fact]
    public void Read_ByAnotherProcessWithTheSameKeys_IsGranted()
    {
        var challenge = sut.Create();
        var elsewhere = new SigningKeys(SigningKeySet.Parse(keys.Current.ToJson()));

        Of("https://onboarding.example", elsewhere).Read(challenge.Nonce).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void Read_AfterTheKeysRotated_IsGrantedUntilTheOldKeyIsRemoved()
    {
        var challenge = sut.Create();
        var old = keys.Current.Active.Kid;
        var both = keys.Current.Add(time.GetUtcNow());
        keys.Replace(both.Activate(both.Keys[1].Kid));

        sut.Read(challenge.Nonce).IsGranted.ShouldBeTrue();
        keys.Replace(keys.Current.Remove(old));
        sut.Read(challenge.Nonce).IsGranted.ShouldBeFalse();
    }

    [Fact]
    public void ChallengeOfAnotherEndpoint() =>
        Of("https://other.example").Read(sut.Create().Nonce).Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);

    [Fact]
    public void ChallengeWithAnyBitChanged()
    {
        var nonce = Decode(sut.Create().Nonce);
        for (var bit = 0; bit < nonce.Length * 8; bit++)
        {
            nonce[bit / 8] ^= (byte)(1 << (bit % 8));
            sut.Read(Base64UrlText.Encode(nonce)).Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
            nonce[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void InventedChallenge()
    {
        sut.Read("").IsGranted.ShouldBeFalse();
        sut.Read(new string('A', 100_000)).IsGranted.ShouldBeFalse();
        sut.Read(new string('=', 54)).IsGranted.ShouldBeFalse();
        sut.Read(Base64UrlText.Encode(RandomNumberGenerator.GetBytes(40))).IsGranted.ShouldBeFalse();
        sut.Read(sut.Create().Nonce + "A").IsGranted.ShouldBeFalse();
    }

    private ChallengeIssuer Of(string uid, SigningKeys? of = null) => new(of ?? keys, new StubOptionsSource(uid), time);

    private static byte[] Decode(string nonce)
    {
        Base64UrlText.TryDecode(nonce, out var bytes).ShouldBeTrue();
        return bytes!;
    }
}
