using Onboarding.Agent.Credentials.Aws;

namespace Onboarding.Agent.Tests.Credentials.Aws;

/// <summary>The cases of AWS's published SigV4 test suite whose paths need no encoding: one key, one moment, one host.</summary>
public sealed class SigV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Date = "20150830T123600Z";

    private const string Token =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    public static TheoryData<string, string, string, (string, string)[], string, string> Suite => new()
    {
        { "get-vanilla", "GET", "", [], "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-vanilla-query-order-key-case", "GET", "Param1=value1&Param2=value2", [], "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
        { "post-vanilla", "POST", "", [], "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
        { "post-header-key-sort", "POST", "", [("my-header1", "value1")], "", "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c" },
        { "post-header-value-case", "POST", "", [("my-header1", "VALUE1")], "", "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d" },
        { "post-sts-header-before", "POST", "", [("x-amz-security-token", Token)], "", "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead" },
        { "post-x-www-form-urlencoded", "POST", "", [("content-type", "application/x-www-form-urlencoded")], "Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a" },
    };

    [Theory]
    [MemberData(nameof(Suite))]
    public void Sign_PublishedVector_GivesTheSignature(string name, string method, string query, (string, string)[] headers, string body, string signature)
    {
        var request = SigV4.CanonicalRequest(method, "/", query, [.. headers, ("x-amz-date", Date), ("host", "example.amazonaws.com")], body);

        SigV4.Sign(Secret, Date, "us-east-1", "service", request).ShouldBe(signature, name);
    }

    [Fact]
    public void Sign_PublishedExampleOfIam_GivesTheSignature()
    {
        var request = SigV4.CanonicalRequest(
            "GET",
            "/",
            "Action=ListUsers&Version=2010-05-08",
            [("host", "iam.amazonaws.com"), ("content-type", "application/x-www-form-urlencoded; charset=utf-8"), ("x-amz-date", Date)],
            "");

        SigV4.Sign(Secret, Date, "us-east-1", "iam", request).ShouldBe("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    [Fact]
    public void CanonicalRequest_SpacesInValues_AreOne() =>
        SigV4.CanonicalRequest("GET", "/", "", [("my-header", "  a   b  c ")], "").ShouldStartWith("GET\n/\n\nmy-header:a b c\n\nmy-header\n");
}
