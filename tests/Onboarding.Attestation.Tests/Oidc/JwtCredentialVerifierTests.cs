using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc;

public class JwtCredentialVerifierTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task VerifyAsync_ATokenOfAnAcceptedAlgorithm_ProvesIssuerAndSubject(string algorithm)
    {
        using var setup = new OidcSetup(algorithm);

        var outcome = await setup.ShowAsync(setup.Mint());

        outcome.Refusal.ShouldBeNull();
        var identity = outcome.Value!.Identity.ShouldBeOfType<JwtIdentity>();
        identity.Issuer.ShouldBe(OidcSetup.Issuer);
        identity.Subject.ShouldBe(OidcSetup.Subject);
        identity.Attributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task VerifyAsync_AGoodToken_SaysWhatIsRememberedOfIt()
    {
        using var setup = new OidcSetup();
        var jwt = setup.Mint();

        var attested = (await setup.ShowAsync(jwt)).Value!;

        var signingInput = jwt[..jwt.LastIndexOf('.')];
        attested.CredentialKind.ShouldBe("jwt");
        attested.CredentialHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(signingInput))));
        attested.IssuedAt.ShouldBe(setup.Time.GetUtcNow());
        attested.ExpiresAt.ShouldBe(setup.Time.GetUtcNow().AddMinutes(10).AddSeconds(30));
        attested.KeyThumbprint.ShouldBeNull();
        attested.Nonce.ShouldBeNull();
        attested.ProvesMachine.ShouldBeFalse();
    }

    [Fact]
    public async Task VerifyAsync_ATokenWithoutIat_CountsAsIssuedAsEarlyAsItCanHaveBeen()
    {
        using var setup = new OidcSetup(issuer: options => options with { MaxTokenLifetime = TimeSpan.FromHours(2) });

        var attested = (await setup.ShowAsync(setup.Mint(claims => claims.Remove("iat")))).Value!;

        attested.IssuedAt.ShouldBe(setup.Time.GetUtcNow().AddMinutes(10).AddHours(-2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("at+jwt")]
    public async Task VerifyAsync_AnOrdinaryType_IsAccepted(string? type)
    {
        using var setup = new OidcSetup();

        (await setup.ShowAsync(setup.Mint(header: header => SetOrRemove(header, "typ", type)))).IsGranted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("JWE")]
    [InlineData("dpop+jwt")]
    [InlineData("logout+jwt")]
    [InlineData("")]
    public async Task VerifyAsync_AnotherType_IsRefused(string type)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["typ"] = type), "typ");
    }

    [Fact]
    public async Task VerifyAsync_AudienceAmongOthers_IsAccepted()
    {
        using var setup = new OidcSetup();

        (await setup.ShowAsync(setup.Mint(claims => claims["aud"] = new JsonArray("vault", 7, OidcSetup.Uid)))).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task VerifyAsync_AnIssuerWithAudiences_ReplacesTheUid()
    {
        using var setup = new OidcSetup(issuer: options => options with { Audiences = ["fleet", "mesh"] });

        (await setup.ShowAsync(setup.Mint(claims => claims["aud"] = "mesh"))).IsGranted.ShouldBeTrue();
        await setup.ShouldRefuseAsync(setup.Mint(), "aud");
    }

    [Fact]
    public async Task VerifyAsync_AttributesAtTheirPath_AreTheStringsOfThatObject()
    {
        using var setup = new OidcSetup(issuer: options => options with { AttributesPath = ".custom\\.attributes['vm']" });
        var jwt = setup.Mint(claims => claims["custom.attributes"] = JsonNode.Parse(
            """{"vm":{"region":"us-east","empty":"","zone":7,"list":["us"],"object":{"a":"b"},"nothing":null,"yes":true,"":"nameless","größe":"groß"},"other":"x"}"""));

        var identity = (JwtIdentity)(await setup.ShowAsync(jwt)).Value!.Identity;

        identity.Attributes.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["empty"] = "", ["größe"] = "groß", ["region"] = "us-east" },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("[{\"a\":\"b\"}]")]
    public async Task VerifyAsync_NoObjectWhereAttributesAre_IsNoError(string value)
    {
        using var setup = new OidcSetup(issuer: options => options with { AttributesPath = ".vm" });

        var identity = (JwtIdentity)(await setup.ShowAsync(setup.Mint(claims => claims["vm"] = JsonNode.Parse(value)))).Value!.Identity;

        identity.Attributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task VerifyAsync_SubjectAtAnotherPath_IsThatClaim()
    {
        using var setup = new OidcSetup(issuer: options => options with { SubjectPath = "$.machine['id']" });

        var identity = (JwtIdentity)(await setup.ShowAsync(setup.Mint(claims => claims["machine"] = new JsonObject { ["id"] = "m-7" }))).Value!.Identity;

        identity.Subject.ShouldBe("m-7");
        await setup.ShouldRefuseAsync(setup.Mint(), "subject");
    }

    [Fact]
    public async Task VerifyAsync_TokenBoundToTheSessionsKey_IsAcceptedWithThatKeyOnly()
    {
        using var setup = new OidcSetup();
        var jwt = setup.Mint(claims => claims["cnf"] = new JsonObject { ["jkt"] = OidcSetup.KeyThumbprint });

        (await setup.ShowAsync(jwt)).Value!.KeyThumbprint.ShouldBe(OidcSetup.KeyThumbprint);
        (await setup.ShowAsync(jwt, "another-thumbprint")).Refusal!.Reason.ShouldStartWith("jwt cnf: ");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{\"jkt\":7}")]
    [InlineData("{\"jkt\":null}")]
    public async Task VerifyAsync_ConfirmationThatCannotBeRead_IsRefused(string confirmation)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims["cnf"] = JsonNode.Parse(confirmation)), "cnf");
    }

    [Fact]
    public async Task VerifyAsync_ATokenWithoutKid_NeedsAnIssuerWithOneFittingKey()
    {
        using var other = new TestIssuerKey("key-2", "RS256");
        using var second = new TestIssuerKey("key-3", "ES256");
        using var setup = new OidcSetup();
        var jwt = setup.Mint(header: header => header.Remove("kid"));

        (await setup.ShowAsync(jwt)).IsGranted.ShouldBeTrue();
        SetKeys(setup, setup.Key.Jwk(), other.Jwk());
        (await setup.ShowAsync(jwt)).IsGranted.ShouldBeTrue();
        SetKeys(setup, setup.Key.Jwk(), second.Jwk());
        await setup.ShouldRefuseAsync(jwt, "keys");
    }

    [Fact]
    public async Task VerifyAsync_AnIssuerTakenOutOfTheConfiguration_IsUnknownAtOnce()
    {
        using var setup = new OidcSetup();
        var jwt = setup.Mint();
        (await setup.ShowAsync(jwt)).IsGranted.ShouldBeTrue();
        setup.Sut.IsEnabled.ShouldBeTrue();

        setup.Options.Set();

        await setup.ShouldRefuseAsync(jwt, "iss");
        setup.Sut.IsEnabled.ShouldBeFalse();
    }

    [Fact]
    public async Task VerifyAsync_AnInlineKeySetThatMayNotBeUsed_IsUnavailable()
    {
        using var setup = new OidcSetup(issuer: options => options with { Jwks = """{"keys":[{"kty":"oct","kid":"key-1","k":"c2VjcmV0"}]}""" });

        var refusal = (await setup.ShowAsync(setup.Mint())).Refusal!;

        refusal.Code.ShouldBe(ProblemCodes.Unavailable);
        refusal.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task VerifyAsync_ATokenOfMoreThan16KiB_IsRefused()
    {
        using var setup = new OidcSetup();
        var fits = setup.Mint(claims => claims["padding"] = new string('x', 11_800));
        var tooLong = setup.Mint(claims => claims["padding"] = new string('x', 12_100));
        fits.Length.ShouldBeInRange(16_000, 16 * 1024);
        tooLong.Length.ShouldBeGreaterThan(16 * 1024);

        (await setup.ShowAsync(fits)).IsGranted.ShouldBeTrue();
        await setup.ShouldRefuseAsync(tooLong, "form");
    }

    private static void SetKeys(OidcSetup setup, params JsonObject[] keys) =>
        setup.Options.Set(setup.Options.Current.Workloads.JwtIssuers[0] with { Jwks = TestToken.KeySet(keys) });

    private static void SetOrRemove(JsonObject target, string name, string? value)
    {
        if (value is null)
        {
            target.Remove(name);
        }
        else
        {
            target[name] = value;
        }
    }
}
