using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Attestation.Tests.Support;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc;

/// <summary>Rows 11, 12, 13, 23 and 33 of the threats: each test is named after what is attempted.</summary>
public class TokenAttackTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task UnsignedToken_AlgNone(string algorithm)
    {
        using var setup = new OidcSetup();
        var payload = setup.Mint().Split('.')[1];
        var header = Encode($$"""{"alg":"{{algorithm}}","kid":"key-1"}""");

        await setup.ShouldRefuseAsync($"{header}.{payload}.", "alg");
        await setup.ShouldRefuseAsync($"{header}.{payload}.AAAA", "alg");
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task SignatureCutOff(string algorithm)
    {
        using var setup = new OidcSetup(algorithm);
        var parts = setup.Mint().Split('.');

        await setup.ShouldRefuseAsync($"{parts[0]}.{parts[1]}.", "signature");
        await setup.ShouldRefuseAsync($"{parts[0]}.{parts[1]}", "form");
        await setup.ShouldRefuseAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(Base64Url.DecodeFromChars(parts[2]).AsSpan()[..^1])}", "signature");
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task PublicKeyUsedAsHmacSecret(string algorithm)
    {
        using var setup = new OidcSetup("RS256");
        var input = Encode($$"""{"alg":"{{algorithm}}","kid":"key-1"}""") + "." + setup.Mint().Split('.')[1];
        foreach (var secret in new[] { setup.Key.PublicPem(), setup.Key.PublicPem() + "\n", setup.Key.Jwk().ToJsonString() })
        {
            var mac = Hmac(algorithm, Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input));
            await setup.ShouldRefuseAsync($"{input}.{Base64Url.EncodeToString(mac)}", "alg");
        }
    }

    [Fact]
    public async Task KeyBroughtAlongInTheHeader_Jwk()
    {
        using var setup = new OidcSetup();
        using var own = new TestIssuerKey("key-1", "ES256");

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["jwk"] = own.Jwk(), key: own), "signature");
    }

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task KeyBroughtAlongInTheHeader_ByUrl(string member)
    {
        using var pki = new TestPki();
        await using var attacker = await TestIssuer.StartAsync(pki, algorithm: "ES256");
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header[member] = attacker.JwksUri.OriginalString, key: attacker.Key), "signature");

        attacker.KeyFetches.ShouldBe(0);
    }

    [Fact]
    public async Task KeyBroughtAlongInTheHeader_CertificateChain()
    {
        using var pki = new TestPki();
        using var setup = new OidcSetup();
        using var own = new TestIssuerKey("key-1", "ES256");

        await setup.ShouldRefuseAsync(
            setup.Mint(header: header => header["x5c"] = new JsonArray(Convert.ToBase64String(pki.Authority.RawData)), key: own),
            "signature");
    }

    [Fact]
    public async Task KeysInTheHeaderOfAGoodToken_AreNotLookedAt()
    {
        using var setup = new OidcSetup();
        using var own = new TestIssuerKey("key-1", "ES256");

        (await setup.ShowAsync(setup.Mint(header: header =>
        {
            header["jwk"] = own.Jwk();
            header["jku"] = "https://attacker.example/keys";
        }))).IsGranted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""["b64"]""")]
    [InlineData("""["exp"]""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task CriticalExtension(string critical)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["crit"] = JsonNode.Parse(critical)), "crit");
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("https://attacker.example/key.pem")]
    [InlineData("key-1' OR '1'='1")]
    [InlineData("KEY-1")]
    [InlineData(" key-1")]
    [InlineData("")]
    public async Task KidAsPathUrlOrQuery(string keyId)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["kid"] = keyId), "keys");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""["key-1"]""")]
    [InlineData("""{"key-1":1}""")]
    [InlineData("\"key-1\\u0000\"")]
    [InlineData("\"key-1\\n\"")]
    public async Task KidOfAnotherType(string keyId)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["kid"] = JsonNode.Parse(keyId)), "kid");
    }

    [Theory]
    [InlineData("RS256", "PS256")]
    [InlineData("PS256", "RS256")]
    [InlineData("RS256", "RS512")]
    public async Task KeyUsedWithAnotherAlgorithmThanItsOwn(string declared, string used)
    {
        using var key = new TestIssuerKey("key-1", used);
        var jwk = key.Jwk();
        jwk["alg"] = declared;
        using var setup = new OidcSetup(key, options => options with { Jwks = TestToken.KeySet(jwk) });

        await setup.ShouldRefuseAsync(setup.Mint(), "keys");
    }

    [Fact]
    public async Task CurveOfAnotherAlgorithm()
    {
        using var setup = new OidcSetup("ES384");

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["alg"] = "ES256"), "keys");
    }

    [Fact]
    public async Task TokenOfOneIssuerSignedWithAnothersKey()
    {
        using var other = new TestIssuerKey("key-other", "ES256");
        using var setup = new OidcSetup();
        var first = setup.Options.Current.Workloads.JwtIssuers[0];
        var second = first with { Issuer = "https://other.example", ShortName = "other", Jwks = TestToken.KeySet(other.Jwk()) };
        setup.Options.Set(first, second);

        (await setup.ShowAsync(setup.Mint(claims => claims["iss"] = second.Issuer, key: other))).IsGranted.ShouldBeTrue();
        await setup.ShouldRefuseAsync(setup.Mint(key: other), "keys");
        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["kid"] = "key-1", key: other), "signature");
    }

    [Theory]
    [InlineData("https://issuer.example/")]
    [InlineData("https://ISSUER.example")]
    [InlineData("http://issuer.example")]
    [InlineData("https://issuer.example.attacker.example")]
    [InlineData("")]
    public async Task IssuerThatOnlyLooksLikeTheConfiguredOne(string issuer)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims["iss"] = issuer), "iss");
    }

    [Fact]
    public async Task TokenWithoutAudience()
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims.Remove("aud")), "aud");
    }

    [Theory]
    [InlineData("\"https://vault.example\"")]
    [InlineData("\"https://onboarding.example/\"")]
    [InlineData("\"HTTPS://ONBOARDING.EXAMPLE\"")]
    [InlineData("[\"https://vault.example\"]")]
    [InlineData("[]")]
    [InlineData("[[\"https://onboarding.example\"]]")]
    [InlineData("{\"https://onboarding.example\":1}")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task TokenForAnotherService(string audience)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims["aud"] = JsonNode.Parse(audience)), "aud");
    }

    [Fact]
    public async Task TokenForOneEndpointRelayedToAnother()
    {
        using var setup = new OidcSetup();
        var jwt = setup.Mint();
        using var services = OidcSetup.Register(
            new StubOptionsSource("https://other-endpoint.example", [.. setup.Options.Current.Workloads.JwtIssuers]),
            setup.Time);
        var other = (ICredentialVerifier)services.GetService(typeof(ICredentialVerifier))!;

        (await setup.ShowAsync(jwt)).IsGranted.ShouldBeTrue();
        (await OidcSetup.ShowAsync(other, jwt)).Refusal!.Reason.ShouldBe("jwt aud: the token is for somebody else");
    }

    [Fact]
    public async Task TokenWithoutExpiry()
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims.Remove("exp")), "times");
    }

    [Fact]
    public async Task TokenThatExpiresInTenYears()
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims["exp"] = setup.Time.GetUtcNow().AddYears(10).ToUnixTimeSeconds()), "times");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"vm007.example\"]")]
    [InlineData("{\"vm007.example\":1}")]
    [InlineData("\"\"")]
    [InlineData("\"vm007.example\\u0000\"")]
    [InlineData("\"vm007\\nexample\"")]
    [InlineData("\"vm007\\u007fexample\"")]
    [InlineData("\"vm007\\u00e9xample\"")]
    [InlineData("\"vm007\\ud800\"")]
    public async Task SubjectOfAnotherTypeOrWithControlCharacters(string subject)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Sign($$"""{{{setup.GoodClaims()}},"sub":{{subject}}}"""), "subject");
    }

    [Theory]
    [InlineData("""{"region":"us-east\u0000"}""")]
    [InlineData("""{"region":"us\neast"}""")]
    [InlineData("""{"region\u0007":"us-east"}""")]
    [InlineData("""{"region":"us\u0085east"}""")]
    public async Task AttributesWithControlCharacters(string attributes)
    {
        using var setup = new OidcSetup(issuer: options => options with { AttributesPath = ".vm" });

        await setup.ShouldRefuseAsync(setup.Sign($$"""{{{setup.GoodClaims()}},"sub":"a","vm":{{attributes}}}"""), "attributes");
    }

    [Theory]
    [InlineData("\"sub\":\"mine\",\"sub\":\"victim\"")]
    [InlineData("\"sub\":\"mine\",\"\\u0073ub\":\"victim\"")]
    [InlineData("\"sub\":\"mine\",\"aud\":\"https://onboarding.example\"")]
    [InlineData("\"sub\":\"mine\",\"vm\":{\"region\":\"eu\",\"region\":\"us\"}")]
    public async Task DuplicateClaims(string claims)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Sign($$"""{{{setup.GoodClaims()}},{{claims}}}"""), "form");
    }

    [Fact]
    public async Task DuplicateHeaderMembers()
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(
            setup.Sign($$"""{{{setup.GoodClaims()}},"sub":"a"}""", """{"alg":"none","alg":"ES256","kid":"key-1"}"""),
            "form");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}")]
    public async Task PayloadThatIsNoObject(string payload)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Sign(payload), "form");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("a.b.c.d.e")]
    [InlineData("not a token")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30=.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30\n.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e3+/.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e31.AAAA")]
    public async Task TextThatIsNoCompactSerialization(string text)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(text, "form");
    }

    [Fact]
    public async Task OnboardingTokenShownAsCredential_ByType()
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(header: header => header["typ"] = "onboarding+jwt"), "own token");
    }

    [Theory]
    [InlineData("urn:onboarding:https://onboarding.example")]
    [InlineData("urn:onboarding:another-endpoint")]
    [InlineData("https://onboarding.example")]
    public async Task OnboardingTokenShownAsCredential_ByIssuer(string issuer)
    {
        using var setup = new OidcSetup();
        setup.Options.Set(setup.Options.Current.Workloads.JwtIssuers[0] with { Issuer = issuer });

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims["iss"] = issuer), "own token");
    }

    [Fact]
    public async Task PayloadExchangedUnderAGoodSignature()
    {
        using var setup = new OidcSetup();
        var good = setup.Mint().Split('.');
        var other = setup.Mint(claims => claims["sub"] = "victim").Split('.');

        await setup.ShouldRefuseAsync($"{good[0]}.{other[1]}.{good[2]}", "signature");
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Hmac(string algorithm, byte[] secret, byte[] input) => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(secret, input),
        "HS384" => HMACSHA384.HashData(secret, input),
        _ => HMACSHA512.HashData(secret, input),
    };
}
