using Onboarding.Core.Sessions;

namespace Onboarding.Core.Tests.Sessions;

public sealed class SigningKeysTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IsAuthentic_MadeByTheKeyBeforeTheRotation_IsTrueUntilItIsRemoved()
    {
        var first = SigningKeySet.Create(Now);
        var sut = new SigningKeys(first);
        var mac = new byte[16];
        sut.Authenticate("content"u8, mac);

        var both = first.Add(Now);
        var rotated = both.Activate(both.Keys[1].Kid);
        sut.Replace(rotated);
        sut.IsAuthentic("content"u8, mac).ShouldBeTrue();

        sut.Replace(rotated.Remove(first.Active.Kid));
        sut.IsAuthentic("content"u8, mac).ShouldBeFalse();
    }

    [Fact]
    public void IsAuthentic_OtherContentMacOrLength_IsFalse()
    {
        var sut = new SigningKeys(SigningKeySet.Create(Now));
        var mac = new byte[32];
        sut.Authenticate("content"u8, mac);

        sut.IsAuthentic("content"u8, mac).ShouldBeTrue();
        sut.IsAuthentic("other"u8, mac).ShouldBeFalse();
        sut.IsAuthentic("content"u8, mac.AsSpan(0, 15)).ShouldBeFalse();
        sut.IsAuthentic("content"u8, new byte[32]).ShouldBeFalse();
        sut.IsAuthentic("content"u8, []).ShouldBeFalse();
    }

    [Fact]
    public void Authenticate_ShortMac_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SigningKeys(SigningKeySet.Create(Now)).Authenticate("content"u8, new byte[15]));
}
