using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Protocol.Tests.Dpop;

public sealed class DpopProofTests : IDisposable
{
    private const string Token = "an.onboarding.token";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DpopExpectations Expected = new("PUT", ["onboarding.example.org", "192.0.2.1", "2001:db8::1"], "/v1/registration", Token, Now);
    private readonly SessionKeyPair keys = new();

    public void Dispose() => keys.Dispose();

    [Theory]
    [InlineData("onboarding.example.org")]
    [InlineData("onboarding.example.org:15443")]
    [InlineData("ONBOARDING.Example.org:1")]
    [InlineData("192.0.2.1:15443")]
    [InlineData("2001:db8::1")]
    [InlineData("[2001:DB8::1]:15443")]
    [InlineData("2001:db8:0:0::1")]
    [InlineData("[2001:0db8::0001]:15443")]
    public void Verify_ProofOfTheCall_GivesTheKeysThumbprint(string host)
    {
        var result = DpopProof.Verify(keys.CreateProof("PUT", host, "/v1/registration", Token, Now), Expected);

        result.Failure.ShouldBeNull();
        result.Thumbprint.ShouldBe(keys.Thumbprint);
    }

    [Fact]
    public void Verify_KeyThatIsKept_StillVerifiesEverySignature()
    {
        using var pool = new SessionKeyPool();
        using var other = new SessionKeyPair();
        var proof = keys.CreateProof("PUT", "onboarding.example.org", "/v1/registration", Token, Now);
        var parts = proof.Split('.');
        var stolen = other.CreateProof("PUT", "onboarding.example.org", "/v1/registration", Token, Now).Split('.');

        for (var count = 0; count < 3; count++)
        {
            DpopProof.Verify(proof, Expected, pool).Thumbprint.ShouldBe(keys.Thumbprint);
            DpopProof.Verify($"{parts[0]}.{parts[1]}.{stolen[2]}", Expected, pool).Failure.ShouldBe("the signature is not the key's");
            DpopProof.Verify($"{parts[0]}.{stolen[1]}.{parts[2]}", Expected, pool).Failure.ShouldBe("the signature is not the key's");
        }
    }

    [Fact]
    public void Verify_MoreKeysThanAreKept_AllAreVerified()
    {
        using var pool = new SessionKeyPool();
        for (var count = 0; count < 100; count++)
        {
            using var each = new SessionKeyPair();
            var proof = each.CreateProof("PUT", "onboarding.example.org", "/v1/registration", Token, Now);

            Parallel.For(0, 4, _ => DpopProof.Verify(proof, Expected, pool).Thumbprint.ShouldBe(each.Thumbprint));
        }
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void Verify_ClockWithinAMinute_IsValid(int seconds) =>
        DpopProof.Verify(keys.CreateProof("PUT", "onboarding.example.org", "/v1/registration", Token, Now.AddSeconds(seconds)), Expected)
            .IsValid.ShouldBeTrue();

    [Theory]
    [InlineData(-61)]
    [InlineData(61)]
    public void Verify_ProofReplayedLaterOrMadeAhead_IsRefused(int seconds) =>
        Failure(keys.CreateProof("PUT", "onboarding.example.org", "/v1/registration", Token, Now.AddSeconds(seconds))).ShouldBe("iat is not within 60 s");

    [Fact]
    public void Verify_ProofOfAnotherMethod_IsRefused() =>
        Failure(keys.CreateProof("DELETE", "onboarding.example.org", "/v1/registration", Token, Now)).ShouldBe("htm is not the method");

    [Fact]
    public void Verify_ProofForAnotherToken_IsRefused() =>
        Failure(keys.CreateProof("PUT", "onboarding.example.org", "/v1/registration", "another", Now)).ShouldBe("ath is not the token's");

    [Theory]
    [InlineData("https://evil.example.org/v1/registration")]
    [InlineData("http://onboarding.example.org/v1/registration")]
    [InlineData("https://onboarding.example.org/v1/registration?a=b")]
    [InlineData("https://onboarding.example.org/v1/registration#a")]
    [InlineData("https://onboarding.example.org/v1/registration/")]
    [InlineData("https://onboarding.example.org/v1/Registration")]
    [InlineData("https://onboarding.example.org/v1/x/../registration")]
    [InlineData("https://onboarding.example.org/v1/registratio%6e")]
    [InlineData("https://onboarding.example.org")]
    [InlineData("https://onboarding.example.org@evil.example.org/v1/registration")]
    [InlineData("https://onboarding.example.org:443@evil.example.org/v1/registration")]
    [InlineData("https://evil@onboarding.example.org/v1/registration")]
    [InlineData("https://onboarding.example.org./v1/registration")]
    [InlineData("https://onboarding.example.org:/v1/registration")]
    [InlineData("https://onboarding.example.org:65536/v1/registration")]
    [InlineData("https://onboarding.example.org:+443/v1/registration")]
    [InlineData("https://[2001:db8::2]/v1/registration")]
    [InlineData("https://[2001:db8::1%1]/v1/registration")]
    [InlineData("https://[2001:db8::1/v1/registration")]
    [InlineData("https://[2001:db8::1]evil/v1/registration")]
    [InlineData("https:///v1/registration")]
    [InlineData("/v1/registration")]
    [InlineData("")]
    public void Verify_ProofForAnotherTarget_IsRefused(string htu) =>
        Failure(Proof(claims: claims => claims["htu"] = htu)).ShouldBe("htu is not the call's: it has another path, or a host that is not one of onboarding.endpoint.hosts");

    [Theory]
    [InlineData("htu", "htu is not the call's: it has another path, or a host that is not one of onboarding.endpoint.hosts")]
    [InlineData("htm", "htm is not the method")]
    [InlineData("jti", "jti is absent or too long")]
    [InlineData("iat", "iat is not within 60 s")]
    [InlineData("ath", "ath is not the token's")]
    public void Verify_ClaimMissingOrOfAnotherType_IsRefused(string claim, string failure)
    {
        Failure(Proof(claims: claims => claims.Remove(claim))).ShouldBe(failure);
        Failure(Proof(claims: claims => claims[claim] = new JsonArray("PUT"))).ShouldBe(failure);
        Failure(Proof(claims: claims => claims[claim] = null)).ShouldBe(failure);
    }

    [Fact]
    public void Verify_UnusableTokenIdOrTime_IsRefused()
    {
        Failure(Proof(claims: claims => claims["jti"] = "")).ShouldBe("jti is absent or too long");
        Failure(Proof(claims: claims => claims["jti"] = new string('a', 257))).ShouldBe("jti is absent or too long");
        Failure(Proof(claims: claims => claims["iat"] = long.MinValue)).ShouldBe("iat is not within 60 s");
        Failure(Proof(claims: claims => claims["iat"] = 1e300)).ShouldBe("iat is not within 60 s");
        Failure(Proof(claims: claims => claims["iat"] = "1772366400")).ShouldBe("iat is not within 60 s");
    }

    [Theory]
    [InlineData("typ", "JWT", "typ is not dpop+jwt")]
    [InlineData("typ", null, "typ is not dpop+jwt")]
    [InlineData("alg", "none", "alg is not ES256")]
    [InlineData("alg", "HS256", "alg is not ES256")]
    [InlineData("alg", "ES384", "alg is not ES256")]
    [InlineData("alg", null, "alg is not ES256")]
    [InlineData("jwk", null, "jwk is absent")]
    [InlineData("jwk", "a", "jwk is absent")]
    [InlineData("crit", "exp", "crit is not supported")]
    public void Verify_ForgedHeader_IsRefused(string member, string? value, string failure) =>
        Failure(Proof(header: header => header[member] = value)).ShouldBe(failure);

    [Theory]
    [InlineData("kty", "RSA")]
    [InlineData("crv", "P-384")]
    [InlineData("crv", "secp256k1")]
    [InlineData("x", "AAAA")]
    [InlineData("y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("y", null)]
    public void Verify_KeyOfAnotherKindOrOffTheCurve_IsRefused(string member, string? value) =>
        Failure(Proof(header: header => header["jwk"]![member] = value)).ShouldBe("jwk is not a P-256 key");

    [Fact]
    public void Verify_HeaderThatCarriesThePrivateKey_IsRefused() =>
        Failure(Proof(header: header => header["jwk"]!["d"] = "AA")).ShouldBe("jwk has a private part");

    [Fact]
    public void Verify_KeySwappedForTheAttackers_IsRefused()
    {
        using var attacker = new SessionKeyPair();
        var proof = Proof(header: header => header["jwk"]!["x"] = attacker.Public.X, alsoY: attacker.Public.Y);

        Failure(proof).ShouldBe("the signature is not the key's");
    }

    [Fact]
    public void Verify_ClaimsChangedAfterSigning_IsRefused()
    {
        var proof = Proof().Split('.');
        var claims = JsonNode.Parse(Decode(proof[1]))!;
        claims["jti"] = "another";

        Failure($"{proof[0]}.{Encode(claims.ToJsonString())}.{proof[2]}").ShouldBe("the signature is not the key's");
    }

    [Fact]
    public void Verify_SignatureInAnotherEncoding_IsRefused()
    {
        var proof = Proof();
        var parts = proof.Split('.');

        Failure($"{parts[0]}.{parts[1]}.{Base64UrlText.Encode(new byte[64])}").ShouldBe("the signature is not the key's");
        Failure($"{parts[0]}.{parts[1]}.{Base64UrlText.Encode(new byte[70])}").ShouldBe("the signature is not the key's");
        Failure($"{parts[0]}.{parts[1]}.").ShouldBe("the signature is not the key's");
        Failure(proof + "=").ShouldBe("the proof is not a JWT");
    }

    [Theory]
    [InlineData("""{"typ":"dpop+jwt","typ":"dpop+jwt","alg":"ES256","jwk":{}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","kty":"EC"}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"a":{"b":{"c":{}}}}}""")]
    [InlineData("""{"typ":"dpop+jwt" """)]
    [InlineData("")]
    public void Verify_HeaderWithDuplicateKeysOrNoJson_IsRefused(string header) =>
        Failure(keys.Sign($"{Encode(header)}.{Encode("{}")}")).ShouldBe("the proof is not valid JSON");

    [Fact]
    public void Verify_ClaimsWithDuplicateKeys_IsRefused()
    {
        var header = Proof().Split('.')[0];

        Failure(keys.Sign($"{header}.{Encode("""{"htm":"GET","htm":"PUT"}""")}")).ShouldBe("the proof is not valid JSON");
    }

    [Fact]
    public void Verify_JsonThatIsNoObject_IsRefused()
    {
        var header = Proof().Split('.')[0];

        Failure(keys.Sign($"{Encode("[]")}.{Encode("{}")}")).ShouldBe("the header is not an object");
        Failure(keys.Sign($"{header}.{Encode("[]")}")).ShouldBe("the claims are not an object");
    }

    [Fact]
    public void Verify_TextWithHalfASurrogate_IsRefused()
    {
        var header = Proof().Split('.')[0];

        Failure(keys.Sign($"{header}.{Encode("""{"jti":"\ud800"}""")}")).ShouldBe("the proof is not valid JSON");
    }

    [Theory]
    [InlineData(null, "there is no proof")]
    [InlineData("", "there is no proof")]
    [InlineData("a", "the proof is not a JWT")]
    [InlineData("a.b", "the proof is not a JWT")]
    [InlineData("e30.e30.AA.AA", "the proof is not a JWT")]
    [InlineData("e30 .e30.AA", "the proof is not a JWT")]
    [InlineData("e31.e30.AA", "the proof is not a JWT")]
    public void Verify_NoProof_IsRefused(string? proof, string failure) => Failure(proof).ShouldBe(failure);

    [Fact]
    public void Verify_HugeProof_IsRefusedBeforeItIsRead() => Failure(new string('A', 4097)).ShouldBe("the proof is too long");

    [Fact]
    public void CreateProof_TwoCalls_HaveDifferentIds() => Proof().ShouldNotBe(Proof(), StringComparer.Ordinal);

    private static string? Failure(string? proof) => DpopProof.Verify(proof, Expected).Failure;

    private string Proof(Action<JsonObject>? header = null, Action<JsonObject>? claims = null, string? alsoY = null)
    {
        var parts = keys.CreateProof("PUT", "onboarding.example.org", "/v1/registration", Token, Now).Split('.');
        var headerObject = JsonNode.Parse(Decode(parts[0]))!.AsObject();
        var claimsObject = JsonNode.Parse(Decode(parts[1]))!.AsObject();
        header?.Invoke(headerObject);
        claims?.Invoke(claimsObject);
        if (alsoY is not null)
        {
            headerObject["jwk"]!["y"] = alsoY;
        }

        return keys.Sign($"{Encode(headerObject.ToJsonString())}.{Encode(claimsObject.ToJsonString())}");
    }

    private static string Encode(string text) => Base64UrlText.Encode(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text)
    {
        Base64UrlText.TryDecode(text, out var bytes).ShouldBeTrue();
        return Encoding.UTF8.GetString(bytes!);
    }
}
