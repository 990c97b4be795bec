using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Attestation.Tests.Support;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc;

/// <summary>Row 11 of the threats: each test is named after what is attempted.</summary>
public class TokenHeaderAttackTests
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

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] Hmac(string algorithm, byte[] secret, byte[] input) => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(secret, input),
        "HS384" => HMACSHA384.HashData(secret, input),
        _ => HMACSHA512.HashData(secret, input),
    };
}
