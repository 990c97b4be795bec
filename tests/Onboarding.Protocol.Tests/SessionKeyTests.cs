using System.Numerics;
using System.Security.Cryptography;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Protocol.Tests;

public sealed class SessionKeyTests
{
    /// <summary>The key and thumbprint of RFC 9449, sections 4.2 and 6.1.</summary>
    private static readonly SessionKey Published = new(
        "EC",
        "P-256",
        "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");

    [Fact]
    public void TryThumbprint_PublishedKey_IsThePublishedThumbprint()
    {
        Published.TryThumbprint(out var thumbprint).ShouldBeTrue();

        thumbprint.ShouldBe("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }

    [Fact]
    public void TryThumbprint_OwnKey_IsTheKeyPairs()
    {
        using var keys = new SessionKeyPair();

        keys.Public.TryThumbprint(out var thumbprint).ShouldBeTrue();

        thumbprint.ShouldBe(keys.Thumbprint);
    }

    [Fact]
    public void TryThumbprint_PointOffTheCurve_IsRefused() => Refuses(Published with { Y = Published.X });

    [Fact]
    public void TryThumbprint_PointAtInfinity_IsRefused() => Refuses(Published with { X = new string('A', 43), Y = new string('A', 43) });

    [Fact]
    public void TryThumbprint_CoordinateBeyondTheField_IsRefused() => Refuses(Published with { X = Base64UrlText.Encode(Enumerable.Repeat((byte)0xff, 32).ToArray()) });

    [Fact]
    public void TryThumbprint_PointOfAnotherCurveOfTheSameSize_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        var point = other.ExportParameters(includePrivateParameters: false).Q;

        Refuses(new SessionKey("EC", "P-256", Base64UrlText.Encode(point.X), Base64UrlText.Encode(point.Y)));
    }

    [Fact]
    public void TryThumbprint_NegatedPoint_IsAnotherKey()
    {
        // (x, p - y) is on the curve as well, and nobody's but the holder of the negated secret.
        var prime = Convert.FromHexString("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        Base64UrlText.TryDecode(Published.Y, out var y).ShouldBeTrue();
        var negated = (new BigInteger(prime, isUnsigned: true, isBigEndian: true) - new BigInteger(y, isUnsigned: true, isBigEndian: true))
            .ToByteArray(isUnsigned: true, isBigEndian: true);

        (Published with { Y = Base64UrlText.Encode(negated) }).TryThumbprint(out var thumbprint).ShouldBeTrue();
        thumbprint.ShouldNotBe("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", StringComparer.Ordinal);
    }

    [Fact]
    public void TryThumbprint_ManyKeys_AgreesWithTheImport()
    {
        for (var count = 0; count < 50; count++)
        {
            using var pair = new SessionKeyPair();
            using var imported = pair.Public.TryImport();

            imported.ShouldNotBeNull();
            pair.Public.TryThumbprint(out _).ShouldBeTrue();
            Refuses(pair.Public with { Y = pair.Public.X });
        }
    }

    [Theory]
    [InlineData("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs=")]
    [InlineData(" l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs")]
    [InlineData("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFt")]
    [InlineData("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBF")]
    [InlineData("l8tFrhx+34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs")]
    [InlineData("")]
    public void TryThumbprint_SecondSpellingOfACoordinate_IsRefused(string x) => Refuses(Published with { X = x });

    [Theory]
    [InlineData("RSA", "P-256")]
    [InlineData("ec", "P-256")]
    [InlineData("EC", "P-384")]
    [InlineData("EC", "p-256")]
    public void TryThumbprint_OtherKind_IsRefused(string kty, string crv) => Refuses(Published with { Kty = kty, Crv = crv });

    private static void Refuses(SessionKey key)
    {
        key.TryThumbprint(out var thumbprint).ShouldBeFalse();
        thumbprint.ShouldBeNull();
    }
}
