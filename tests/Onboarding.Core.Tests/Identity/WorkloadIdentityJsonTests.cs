using System.Text.Json;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Tests.Identity;

public sealed class WorkloadIdentityJsonTests
{
    [Fact]
    public void Write_Ec2_IsTheStoredForm() =>
        Write(Identities.Ec2("ratings-role")).ShouldBe(
            """{"aws":{"partition":"aws","account":"123456789012","region":"us-east-2","zone":"us-east-2b","ec2":{"instanceId":"i-1234567890abcdef0","iamRole":{"name":"ratings-role"}}}}""");

    [Fact]
    public void Write_Ecs_IsTheStoredForm() =>
        Write(Identities.Ecs()).ShouldBe(
            """{"aws":{"partition":"aws","account":"123456789012","region":"us-east-2","zone":"us-east-2b","ecs":{"cluster":"payments","taskId":"0123456789abcdef0123456789abcdef","iamRole":{"name":"ratings-role"}}}}""");

    [Fact]
    public void Write_Jwt_IsTheStoredFormWithAttributesInOrder() =>
        Write(Identities.Jwt("vm007", ("region", "us-east"), ("a", ""), ("Z", "1"))).ShouldBe(
            """{"jwt":{"issuer":"https://mycompany.corp","subject":"vm007","attributes":{"Z":"1","a":"","region":"us-east"}}}""");

    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        foreach (var identity in (WorkloadIdentity[])[Identities.Ec2(), Identities.Ec2("r"), Identities.Ecs(), Identities.Jwt("vm007"), Identities.Jwt("x", ("region", "us-east"))])
        {
            JsonSerializer.Deserialize<WorkloadIdentity>(Write(identity)).ShouldBe(identity);
        }
    }

    [Fact]
    public void Read_NullForWhatIsOptional_IsAbsent() =>
        JsonSerializer.Deserialize<WorkloadIdentity>(
            """{"jwt":null,"aws":{"partition":"aws","account":"123456789012","region":"us-east-2","zone":"us-east-2b","ecs":null,"ec2":{"instanceId":"i-1234567890abcdef0","iamRole":null}}}""")
            .ShouldBe(Identities.Ec2());

    [Theory]
    [InlineData("null-element", "identity: must be an object", "[]")]
    [InlineData("nothing", "identity: needs exactly one of aws and jwt", "{}")]
    [InlineData("both", "identity: needs exactly one of aws and jwt", """{"jwt":{},"aws":{}}""")]
    [InlineData("unknown kind", "identity.gcp: is not known here", """{"gcp":{}}""")]
    [InlineData("unknown member", "identity.jwt.sub: is not known here", """{"jwt":{"issuer":"https://a","sub":"x"}}""")]
    [InlineData("twice", "identity.jwt.subject: is there twice", """{"jwt":{"issuer":"https://a","subject":"x","subject":"y"}}""")]
    [InlineData("attribute twice", "identity.jwt.attributes.a: is there twice", """{"jwt":{"issuer":"https://a","subject":"x","attributes":{"a":"1","\u0061":"2"}}}""")]
    [InlineData("no subject", "identity.jwt.subject: is required", """{"jwt":{"issuer":"https://a"}}""")]
    [InlineData("empty subject", "identity.jwt.subject: must not be empty", """{"jwt":{"issuer":"https://a","subject":""}}""")]
    [InlineData("number", "identity.jwt.subject: must be a string", """{"jwt":{"issuer":"https://a","subject":7}}""")]
    [InlineData("not ASCII", "identity.jwt.subject: must be ASCII", """{"jwt":{"issuer":"https://a","subject":"vm\u00e9"}}""")]
    [InlineData("control character", "identity.jwt.subject: must be ASCII without control", """{"jwt":{"issuer":"https://a","subject":"vm\u0000"}}""")]
    [InlineData("lone surrogate", "identity.jwt.subject: is no Unicode text", """{"jwt":{"issuer":"https://a","subject":"\ud800"}}""")]
    [InlineData("http", "identity.jwt.issuer: must be an https:// URI", """{"jwt":{"issuer":"http://a","subject":"x"}}""")]
    [InlineData("query", "identity.jwt.issuer: must be an https:// URI", """{"jwt":{"issuer":"https://a/?b","subject":"x"}}""")]
    [InlineData("attribute that is a list", "identity.jwt.attributes.a: must be a string", """{"jwt":{"issuer":"https://a","subject":"x","attributes":{"a":["b"]}}}""")]
    [InlineData("account", "identity.aws.account: must be an AWS account", """{"aws":{"partition":"aws","account":"12345678901","region":"r","zone":"z","ec2":{"instanceId":"i"}}}""")]
    [InlineData("account digits", "identity.aws.account: must be an AWS account", """{"aws":{"partition":"aws","account":"12345678901x","region":"r","zone":"z","ec2":{"instanceId":"i"}}}""")]
    [InlineData("no zone", "identity.aws.zone: is required", """{"aws":{"partition":"aws","account":"123456789012","region":"r","ec2":{"instanceId":"i"}}}""")]
    [InlineData("no machine", "identity.aws: needs exactly one of ec2 and ecs", """{"aws":{"partition":"aws","account":"123456789012","region":"r","zone":"z"}}""")]
    [InlineData("task without role", "identity.aws.ecs.iamRole: is required", """{"aws":{"partition":"aws","account":"123456789012","region":"r","zone":"z","ecs":{"cluster":"c","taskId":"t"}}}""")]
    [InlineData("role without name", "identity.aws.ec2.iamRole.name: is required", """{"aws":{"partition":"aws","account":"123456789012","region":"r","zone":"z","ec2":{"instanceId":"i","iamRole":{}}}}""")]
    public void Read_WhatIsNoIdentity_SaysWhereAndWhat(string what, string expected, string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<WorkloadIdentity>(json)).Message.ShouldStartWith(expected, Case.Sensitive, what);

    private static string Write(WorkloadIdentity identity) => JsonSerializer.Serialize(identity);
}
