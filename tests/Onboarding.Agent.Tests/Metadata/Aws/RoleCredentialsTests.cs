using Onboarding.Agent.Metadata;
using Onboarding.Agent.Metadata.Aws;

namespace Onboarding.Agent.Tests.Metadata.Aws;

public sealed class RoleCredentialsTests
{
    [Fact]
    public void Parse_WhatEc2AndEcsSay_GivesTheThreeParts()
    {
        var credentials = RoleCredentials.Parse(
            """{"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "ASIAX", "SecretAccessKey": "s", "Token": "t", "Expiration": "2026-01-01T00:00:00Z"}""", "it");

        (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken).ShouldBe(("ASIAX", "s", "t"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>secret</html>")]
    [InlineData("""{"AccessKeyId": "ASIAX", "SecretAccessKey": "secret"}""")]
    [InlineData("""{"AccessKeyId": "ASIAX", "SecretAccessKey": "secret", "Token": ""}""")]
    [InlineData("""{"AccessKeyId": "ASIAX", "SecretAccessKey": ["secret"], "Token": "t"}""")]
    [InlineData("""{"Code": "Failed", "AccessKeyId": "ASIAX", "SecretAccessKey": "secret", "Token": "t"}""")]
    public void Parse_AnythingElse_RefusesWithoutQuotingIt(string text)
    {
        var failure = Should.Throw<MetadataException>(() => RoleCredentials.Parse(text, "the role"));

        failure.ToString().ShouldNotContain("secret");
        failure.Message.ShouldContain("the role");
    }
}
