using System.Text.Json.Nodes;
using Onboarding.Attestation.Tests.Support;

namespace Onboarding.Attestation.Tests.Oidc;

public class TokenTimesTests
{
    [Theory]
    [InlineData("exp", -29, true)]
    [InlineData("exp", -30, false)]
    [InlineData("nbf", 30, true)]
    [InlineData("nbf", 31, false)]
    [InlineData("iat", 30, true)]
    [InlineData("iat", 31, false)]
    public async Task VerifyAsync_ATimeAtTheLeeway_IsBoundedByIt(string claim, int secondsFromNow, bool accepted)
    {
        using var setup = new OidcSetup();
        var jwt = setup.Mint(claims => claims[claim] = setup.Time.GetUtcNow().ToUnixTimeSeconds() + secondsFromNow);

        (await setup.ShowAsync(jwt)).IsGranted.ShouldBe(accepted);
    }

    [Fact]
    public async Task VerifyAsync_ATokenThatWasGood_IsRefusedOnceItHasExpired()
    {
        using var setup = new OidcSetup();
        var jwt = setup.Mint();
        (await setup.ShowAsync(jwt)).IsGranted.ShouldBeTrue();

        setup.Time.Advance(TimeSpan.FromSeconds(630));

        await setup.ShouldRefuseAsync(jwt, "times");
    }

    [Theory]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public async Task VerifyAsync_ALifetimeFromIat_IsAtMostTheIssuers(int seconds, bool accepted)
    {
        using var setup = new OidcSetup(issuer: options => options with { MaxTokenLifetime = TimeSpan.FromHours(1) });
        var jwt = setup.Mint(claims => claims["exp"] = (long)claims["iat"]! + seconds);

        (await setup.ShowAsync(jwt)).IsGranted.ShouldBe(accepted);
    }

    [Theory]
    [InlineData(3630, true)]
    [InlineData(3631, false)]
    public async Task VerifyAsync_ALifetimeWithoutIat_CountsFromNow(int seconds, bool accepted)
    {
        using var setup = new OidcSetup(issuer: options => options with { MaxTokenLifetime = TimeSpan.FromHours(1) });
        var jwt = setup.Mint(claims =>
        {
            claims["exp"] = (long)claims["iat"]! + seconds;
            claims.Remove("iat");
        });

        (await setup.ShowAsync(jwt)).IsGranted.ShouldBe(accepted);
    }

    [Fact]
    public async Task VerifyAsync_TimesWithAFraction_AreTimes()
    {
        using var setup = new OidcSetup();

        (await setup.ShowAsync(setup.Mint(claims => claims["exp"] = (long)claims["exp"]! + 0.5))).IsGranted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("exp", "\"1900000000\"")]
    [InlineData("exp", "null")]
    [InlineData("exp", "[]")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "1e300")]
    [InlineData("exp", "1e999")]
    [InlineData("exp", "99999999999999999999999999")]
    [InlineData("nbf", "\"0\"")]
    [InlineData("nbf", "true")]
    [InlineData("iat", "\"0\"")]
    [InlineData("iat", "{}")]
    public async Task VerifyAsync_WhatIsNoTime_IsRefused(string claim, string value)
    {
        using var setup = new OidcSetup();

        await setup.ShouldRefuseAsync(setup.Mint(claims => claims[claim] = JsonNode.Parse(value)), "times");
    }
}
