using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Core.Tests.Sessions;

public sealed class OnboardingTokensTests
{
    private const string Uid = "https://onboarding.example.com";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TokenClaims Claims = new(
        new WorkloadGroupReference("bookinfo", "ratings"),
        "ratings-jwt-corp--vm1",
        "bookinfo/ratings/0123456789abcdef0123456789abcdef",
        "c2Vzc2lvbg",
        "dG9rZW4",
        1772366400000,
        "dGh1bWJwcmludA",
        Now,
        Now.AddHours(1));

    private readonly SigningKeys keys = new(SigningKeySet.Create(Now));
    private readonly OnboardingTokens sut;

    public OnboardingTokensTests() => sut = new OnboardingTokens(Uid, keys);

    [Fact]
    public void Verify_WhatWasIssued_GivesItsClaims() => sut.Verify(sut.Issue(Claims), Now).Value.ShouldBe(Claims);

    [Fact]
    public void Issue_Token_HasTheClaimsOfTheProtocol()
    {
        var parts = sut.Issue(Claims).Split('.');

        Decode(parts[0]).ToJsonString().ShouldBe($$"""{"alg":"ES256","kid":"{{keys.Current.Active.Kid}}","typ":"onboarding\u002Bjwt"}""");
        Decode(parts[1]).ToJsonString().ShouldBe(
            """{"iss":"urn:onboarding:https://onboarding.example.com","aud":"https://onboarding.example.com","sub":"bookinfo/ratings-jwt-corp--vm1","sid":"c2Vzc2lvbg","epoch":1772366400000,"jti":"dG9rZW4","iat":1772366400,"nbf":1772366400,"exp":1772370000,"cnf":{"jkt":"dGh1bWJwcmludA"},"claims":{"workload_group":{"namespace":"bookinfo","name":"ratings"},"workload":"0123456789abcdef0123456789abcdef"}}""");
    }

    [Fact]
    public void Verify_AtItsExpiry_IsExpired()
    {
        var token = sut.Issue(Claims);

        sut.Verify(token, Claims.ExpiresAt.AddTicks(-1)).IsGranted.ShouldBeTrue();
        sut.Verify(token, Claims.ExpiresAt).Refusal!.Code.ShouldBe(ProblemCodes.TokenExpired);
    }

    [Fact]
    public void Verify_FromAClockAhead_IsAcceptedWithinTheLeeway()
    {
        var token = sut.Issue(Claims);

        sut.Verify(token, Now.AddSeconds(-30)).IsGranted.ShouldBeTrue();
        sut.Verify(token, Now.AddSeconds(-31)).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_AfterRotation_IsAcceptedUntilTheKeyIsRemoved()
    {
        var token = sut.Issue(Claims);
        var old = keys.Current.Active.Kid;
        var both = keys.Current.Add(Now);
        keys.Replace(both.Activate(both.Keys[1].Kid));

        sut.Verify(token, Now).IsGranted.ShouldBeTrue();
        sut.Verify(sut.Issue(Claims), Now).IsGranted.ShouldBeTrue();
        keys.Replace(keys.Current.Remove(old));
        sut.Verify(token, Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_KeyOfTheSameKidThatIsAnother_DoesNotHonourWhatTheFirstOneSigned()
    {
        var token = sut.Issue(Claims);
        var stored = JsonNode.Parse(keys.Current.ToJson())!;
        var other = JsonNode.Parse(SigningKeySet.Create(Now).ToJson())!["keys"]![0]!.DeepClone();
        other["kid"] = keys.Current.Active.Kid;
        stored["keys"]![0] = other;

        sut.Verify(token, Now).IsGranted.ShouldBeTrue();
        keys.Replace(SigningKeySet.Parse(Encoding.UTF8.GetBytes(stored.ToJsonString())));

        sut.Verify(token, Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_TokenThatIsKnownToBeGood_WithOneCharacterChanged_IsRefused()
    {
        var token = sut.Issue(Claims);
        sut.Verify(token, Now).IsGranted.ShouldBeTrue();

        for (var at = 0; at < token.Length; at++)
        {
            var changed = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";

            sut.Verify(changed, Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
        }
    }

    [Fact]
    public void Verify_ByAnotherProcess_ThenAgain_IsTheSame()
    {
        var token = new OnboardingTokens(Uid, keys).Issue(Claims);

        sut.Verify(token, Now).Value.ShouldBe(Claims);
        sut.Verify(token, Now).Value.ShouldBe(Claims);
        sut.Verify(token, Claims.ExpiresAt).Refusal!.Code.ShouldBe(ProblemCodes.TokenExpired);
    }

    [Fact]
    public void Verify_TokenOfAnotherEndpointWithTheSameKeys_IsRefused() =>
        sut.Verify(new OnboardingTokens("https://other.example.com", keys).Issue(Claims), Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("no dots")]
    public void Verify_NoToken_IsRefused(string token) => sut.Verify(token, Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"onboarding+jwt"}""")]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"onboarding+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"../../etc/passwd","typ":"onboarding+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"onboarding+jwt","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"onboarding+jwt","jwk":{}}""")]
    [InlineData("""{"kid":"KID","alg":"ES256","typ":"onboarding+jwt"}""")]
    public void Verify_AnyHeaderButOurs_IsRefused(string header)
    {
        var parts = sut.Issue(Claims).Split('.');

        sut.Verify(Sign(header.Replace("KID", keys.Current.Active.Kid, StringComparison.Ordinal), parts[1]), Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_ChangedClaims_IsRefused()
    {
        var parts = sut.Issue(Claims).Split('.');
        var claims = Decode(parts[1]);
        claims["epoch"] = long.MaxValue;
        var changed = Base64UrlText.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()));

        sut.Verify($"{parts[0]}.{changed}.{parts[2]}", Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Theory]
    [InlineData("sid")]
    [InlineData("cnf")]
    [InlineData("epoch")]
    [InlineData("exp")]
    public void Verify_SignedButIncomplete_IsRefused(string missing)
    {
        var claims = Decode(sut.Issue(Claims).Split('.')[1]);
        claims.Remove(missing);

        VerifyClaims(claims.ToJsonString()).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_SignedWithADuplicateClaim_IsRefused()
    {
        var claims = Decode(sut.Issue(Claims).Split('.')[1]).ToJsonString();

        VerifyClaims(claims.Replace("\"epoch\":", "\"epoch\":1,\"epoch\":", StringComparison.Ordinal)).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_SubjectOfAnotherNamespace_IsRefused()
    {
        var claims = Decode(sut.Issue(Claims).Split('.')[1]);
        claims["sub"] = "other/ratings-jwt-corp--vm1";

        VerifyClaims(claims.ToJsonString()).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);
    }

    [Fact]
    public void Verify_OversizedToken_IsRefused() =>
        sut.Verify(sut.Issue(Claims with { SessionId = new string('a', 4096) }), Now).Refusal!.Code.ShouldBe(ProblemCodes.TokenInvalid);

    private static JsonObject Decode(string part) =>
        Base64UrlText.TryDecode(part, out var bytes) ? JsonNode.Parse(bytes)!.AsObject() : throw new CryptographicException();

    private Outcome<TokenClaims> VerifyClaims(string claims) =>
        sut.Verify(Sign(Encoding.UTF8.GetString(DecodeBytes(keys.Current.Active.TokenHeader)), Base64UrlText.Encode(Encoding.UTF8.GetBytes(claims))), Now);

    private static byte[] DecodeBytes(string part) => Base64UrlText.TryDecode(part, out var bytes) ? bytes : throw new CryptographicException();

    private string Sign(string header, string body)
    {
        var signed = $"{Base64UrlText.Encode(Encoding.UTF8.GetBytes(header))}.{body}";
        var signature = new byte[SigningKey.SignatureSize];
        keys.Current.Active.Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{signed}.{Base64UrlText.Encode(signature)}";
    }
}
