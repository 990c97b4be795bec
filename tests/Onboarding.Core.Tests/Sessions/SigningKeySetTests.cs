using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Core.Sessions;

namespace Onboarding.Core.Tests.Sessions;

public sealed class SigningKeySetTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_WhatWasWritten_GivesTheSameKeys()
    {
        var set = SigningKeySet.Create(Now).Add(Now.AddDays(1));

        var read = SigningKeySet.Parse(set.ToJson());

        read.Keys.Select(key => (key.Kid, key.CreatedAt)).ShouldBe(set.Keys.Select(key => (key.Kid, key.CreatedAt)));
        read.Active.Kid.ShouldBe(set.Active.Kid);
        var signature = new byte[SigningKey.SignatureSize];
        read.Active.Sign("text"u8, signature);
        set.Active.Verify("text"u8, signature).ShouldBeTrue();
        set.Active.Verify("texT"u8, signature).ShouldBeFalse();
    }

    [Fact]
    public void Add_NewKey_DoesNotSignYet()
    {
        var set = SigningKeySet.Create(Now);

        var next = set.Add(Now);

        next.Active.ShouldBeSameAs(set.Active);
        next.Activate(next.Keys[1].Kid).Active.ShouldBeSameAs(next.Keys[1]);
    }

    [Fact]
    public void Rotate_TheNewKeySigns_AndTheOneBeforeVerifiesUntilItsTokensHaveExpired()
    {
        var first = SigningKeySet.Create(Now);

        var second = first.Rotate(Now.AddDays(30), TimeSpan.FromHours(1));
        second.Active.ShouldNotBe(first.Active);
        second.Keys.ShouldBe([first.Active, second.Active]);

        second.Rotate(Now.AddDays(30).AddMinutes(60), TimeSpan.FromHours(1)).Keys.ShouldContain(first.Active);
        var later = second.Rotate(Now.AddDays(30).AddMinutes(61), TimeSpan.FromHours(1));
        later.Keys.ShouldBe([second.Active, later.Active]);
    }

    [Fact]
    public void Announce_NewKey_SignsFromItsTimeOnInEveryProcess()
    {
        var first = SigningKeySet.Create(Now);

        var mounted = SigningKeySet.Parse(first.Announce(Now, Now.AddMinutes(10), TimeSpan.FromDays(1)).ToJson());

        mounted.At(Now.AddMinutes(10).AddTicks(-1)).Active.Kid.ShouldBe(first.Active.Kid);
        mounted.At(Now.AddMinutes(10)).Active.Kid.ShouldBe(mounted.Keys[1].Kid);
        mounted.At(Now.AddMinutes(10)).Keys.ShouldBe(mounted.Keys, "the one before verifies on");
    }

    [Fact]
    public void Announce_Again_TheLastOneWhoseTimeHasComeSignsAndSpentOnesGo()
    {
        var second = SigningKeySet.Create(Now).Announce(Now, Now.AddMinutes(10), TimeSpan.FromDays(1));

        second.Announce(Now.AddDays(1), Now.AddDays(2), TimeSpan.FromDays(1)).Keys.Length.ShouldBe(3, "tokens of the first one may be in use");
        var third = second.Announce(Now.AddDays(2), Now.AddDays(3), TimeSpan.FromDays(1));

        third.Keys.Length.ShouldBe(2);
        third.At(Now.AddDays(2)).Active.Kid.ShouldBe(second.Keys[1].Kid);
        third.At(Now.AddDays(3)).Active.Kid.ShouldBe(third.Keys[1].Kid);
    }

    [Fact]
    public void Add_ToAFullSet_IsRefused()
    {
        var set = Enumerable.Range(1, SigningKeySet.MaxKeys - 1).Aggregate(SigningKeySet.Create(Now), (grown, _) => grown.Add(Now));

        Should.Throw<InvalidOperationException>(() => set.Add(Now));
    }

    [Fact]
    public void Remove_ActiveOrUnknownKey_IsRefused()
    {
        var set = SigningKeySet.Create(Now).Add(Now);

        Should.Throw<InvalidOperationException>(() => set.Remove(set.Active.Kid));
        Should.Throw<InvalidOperationException>(() => set.Remove("other"));
        Should.Throw<InvalidOperationException>(() => set.Activate("other"));
        set.Remove(set.Keys[1].Kid).Keys.ShouldBe([set.Active]);
    }

    [Theory]
    [InlineData("""{"active":"a","keys":[]}""")]
    [InlineData("""{"active":"a"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void Parse_NotAKeySet_IsRefused(string json) =>
        Should.Throw<FormatException>(() => SigningKeySet.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("kty", "RSA")]
    [InlineData("crv", "P-384")]
    [InlineData("kid", "")]
    [InlineData("kid", "a\"b")]
    [InlineData("x", "AAAA")]
    [InlineData("y", "not base64url!")]
    [InlineData("d", "")]
    [InlineData("secret", "c2hvcnQ")]
    public void Parse_KeyWithABadMember_IsRefusedWithItsPath(string member, string value)
    {
        var json = JsonNode.Parse(SigningKeySet.Create(Now).ToJson())!;
        json["keys"]![0]![member] = value;

        Should.Throw<FormatException>(() => SigningKeySet.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()))).Message.ShouldStartWith("keys[0]");
    }

    [Fact]
    public void Parse_PublicPartOfAnotherKey_IsRefused()
    {
        var json = JsonNode.Parse(SigningKeySet.Create(Now).ToJson())!;
        var other = JsonNode.Parse(SigningKeySet.Create(Now).ToJson())!;
        json["keys"]![0]!["x"] = other["keys"]![0]!["x"]!.GetValue<string>();

        Should.Throw<FormatException>(() => SigningKeySet.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())));
    }

    [Fact]
    public void Parse_UnknownActiveKeyOrTwoOfOneKid_IsRefused()
    {
        var json = JsonNode.Parse(SigningKeySet.Create(Now).ToJson())!;
        var twice = json.DeepClone();
        twice["keys"]!.AsArray().Add(twice["keys"]![0]!.DeepClone());
        json["active"] = "other";

        Should.Throw<FormatException>(() => SigningKeySet.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()))).Message.ShouldStartWith("active");
        Should.Throw<FormatException>(() => SigningKeySet.Parse(Encoding.UTF8.GetBytes(twice.ToJsonString()))).Message.ShouldStartWith("keys");
    }
}
