using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Onboarding.Attestation.Tests.Support;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc;

/// <summary>Rows 12, 13, 23 (for tokens) and 33 of the threats: each test is named after what is attempted.</summary>
public class TokenClaimAttackTests
{
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
        var other = services.GetRequiredService<ICredentialVerifier>();

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
}
