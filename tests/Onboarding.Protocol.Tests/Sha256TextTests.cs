namespace Onboarding.Protocol.Tests;

public sealed class Sha256TextTests
{
    [Fact]
    public void Hex_PublishedVector_Matches() =>
        Sha256Text.Hex("abc").ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void Base64Url_PublishedVector_Matches() => Sha256Text.Base64Url("abc").ShouldBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
}
