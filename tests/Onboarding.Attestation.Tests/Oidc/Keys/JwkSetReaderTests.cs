using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Attestation.Oidc;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc.Keys;

public sealed class JwkSetReaderTests : IDisposable
{
    private static readonly JwtAlgorithm Es256 = JwtAlgorithm.Find("ES256")!;
    private static readonly JwtAlgorithm Rs256 = JwtAlgorithm.Find("RS256")!;
    private readonly TestIssuerKey ec = new("ec", "ES256");
    private readonly TestIssuerKey rsa = new("rsa");

    public void Dispose()
    {
        ec.Dispose();
        rsa.Dispose();
    }

    [Fact]
    public void Read_ASetOfSigningKeys_FindsEachByItsKid()
    {
        var set = Read(ec.Jwk(), rsa.Jwk());

        set.Find("ec", Es256).Key.ShouldNotBeNull();
        set.Find("rsa", Rs256).Key.ShouldNotBeNull();
        set.Find("ec", Rs256).Fault.ShouldNotBeNull();
        set.Find("EC", Es256).ShouldBe(default);
    }

    [Fact]
    public void Read_AnEmptySet_KnowsNoKid() => Read().Find("ec", Es256).ShouldBe(default);

    [Theory]
    [InlineData("d")]
    [InlineData("p")]
    [InlineData("oth")]
    [InlineData("k")]
    public void Read_AKeyWithAPrivatePart_RefusesTheSetAndNamesIt(string member)
    {
        var leaked = rsa.Jwk();
        leaked[member] = "AQAB";

        Fault(ec.Jwk(), leaked).ShouldBe($"key \"rsa\" of the key set has a private part, \"{member}\": whoever can read the set can sign");
    }

    [Fact]
    public void Read_ASymmetricKey_RefusesTheSetAndNamesIt() =>
        Fault(ec.Jwk(), new JsonObject { ["kty"] = "oct", ["kid"] = "shared\n", ["k"] = "c2VjcmV0" })
            .ShouldBe("key \"shared\\n\" of the key set is symmetric: whoever can read the set can sign");

    [Fact]
    public void Read_MoreThan64Keys_RefusesTheSet()
    {
        JsonObject[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => ec.Jwk())];

        Read(Many(64)).Find("ec", Es256).Fault.ShouldNotBeNull("64 keys with one kid are ambiguous");
        Fault(Many(65)).ShouldBe("the key set has 65 keys; at most 64 are accepted");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[7]}""")]
    [InlineData("""{"keys":[{}]}""")]
    [InlineData("""{"keys":[{"kty":7}]}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"EC","kty":"RSA"}]}""")]
    public void Read_WhatIsNoKeySet_IsRefused(string json) =>
        Should.Throw<KeySetException>(() => JwkSetReader.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("use", "\"enc\"", "the key's use is not \"sig\"")]
    [InlineData("use", "null", "the key's use is not \"sig\"")]
    [InlineData("key_ops", "[\"encrypt\"]", "the key's key_ops do not have \"verify\"")]
    [InlineData("key_ops", "[]", "the key's key_ops do not have \"verify\"")]
    [InlineData("key_ops", "\"verify\"", "the key's key_ops do not have \"verify\"")]
    [InlineData("alg", "7", "the key's alg is not a string")]
    [InlineData("alg", "\"ES384\"", "not exactly one key with that kid fits the algorithm")]
    [InlineData("alg", "\"ECDH-ES\"", "not exactly one key with that kid fits the algorithm")]
    [InlineData("kty", "\"OKP\"", "the key is neither RSA nor EC")]
    [InlineData("crv", "\"secp256k1\"", "the key's curve is none of P-256, P-384 and P-521")]
    [InlineData("crv", "\"P-384\"", "the key's x and y are not a point of its curve")]
    [InlineData("y", "\"AAAA\"", "the key's x and y are not a point of its curve")]
    [InlineData("x", "\"!\"", "the key's x and y are not a point of its curve")]
    public void Find_AKeyThatMayNotVerify_SaysWhy(string member, string value, string fault)
    {
        var jwk = ec.Jwk();
        jwk[member] = JsonNode.Parse(value);

        Read(jwk, rsa.Jwk()).Find("ec", Es256).ShouldBe(new KeyMatch(null, fault));
    }

    [Fact]
    public void Find_APointOffTheCurve_IsNoKey()
    {
        var jwk = ec.Jwk();
        jwk["y"] = (string)jwk["x"]!;

        Read(jwk).Find("ec", Es256).Fault.ShouldBe("the key's x and y are not a point of its curve");
    }

    [Theory]
    [InlineData("key_ops", "[\"verify\"]")]
    [InlineData("key_ops", "[\"sign\",\"verify\"]")]
    [InlineData("alg", null)]
    [InlineData("use", null)]
    [InlineData("x5c", "[\"AAAA\"]")]
    public void Find_AKeyThatSaysLessOrMore_Verifies(string member, string? value)
    {
        var jwk = ec.Jwk();
        jwk.Remove(member);
        if (value is not null)
        {
            jwk[member] = JsonNode.Parse(value);
        }

        Read(jwk).Find("ec", Es256).Key.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1024, false)]
    [InlineData(2040, false)]
    [InlineData(2048, true)]
    [InlineData(3072, true)]
    public void Find_AnRsaKey_Has2048To8192Bits(int bits, bool accepted)
    {
        using var key = new TestIssuerKey("sized", "RS256", bits);

        (Read(key.Jwk()).Find("sized", Rs256).Key is not null).ShouldBe(accepted);
    }

    [Theory]
    [InlineData("e", "AQ")]
    [InlineData("e", "Ag")]
    [InlineData("e", "AQAAAAE")]
    [InlineData("e", "")]
    [InlineData("n", "AQAB")]
    public void Find_AnRsaKeyThatIsNone_IsLeftOut(string member, string value)
    {
        var jwk = rsa.Jwk();
        jwk[member] = value;

        Read(jwk).Find("rsa", Rs256).Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Find_AnRsaKeyOverTheLargest_IsLeftOut()
    {
        var jwk = rsa.Jwk();
        jwk["n"] = new string('_', (8192 + 8) / 8 * 4 / 3);

        Read(jwk).Find("rsa", Rs256).Fault.ShouldNotBeNull();
    }

    private static KeySet Read(params JsonObject[] keys) => JwkSetReader.Read(Encoding.UTF8.GetBytes(TestToken.KeySet(keys)));

    private static string Fault(params JsonObject[] keys) => Should.Throw<KeySetException>(() => Read(keys)).Message;
}
