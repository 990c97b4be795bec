using System.Text.Json.Nodes;

namespace Onboarding.TestKit.Aws;

/// <summary>The answers of STS, in the forms that the real one has.</summary>
internal static class StsReplies
{
    private const string Json = "application/json";
    private const string RequestId = "01234567-89ab-cdef-0123-456789abcdef";

    public static AwsReply Identity(CallerIdentity caller) => new(200, Json, Response(Result(caller)).ToJsonString());

    public static AwsReply Xml(CallerIdentity caller) => new(200, "text/xml", $"""
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>{caller.Arn}</Arn>
            <UserId>{caller.UserId}</UserId>
            <Account>{caller.Account}</Account>
          </GetCallerIdentityResult>
          <ResponseMetadata>
            <RequestId>{RequestId}</RequestId>
          </ResponseMetadata>
        </GetCallerIdentityResponse>
        """);

    public static AwsReply Error(int status, string code, string message) => new(status, Json, new JsonObject
    {
        ["Error"] = new JsonObject { ["Code"] = code, ["Message"] = message, ["Type"] = status < 500 ? "Sender" : "Receiver" },
        ["RequestId"] = RequestId,
    }.ToJsonString());

    /// <summary>The right answer made wrong.</summary>
    public static AwsReply Distorted(StsMisbehaviour misbehaviour, AwsReply right, CallerIdentity caller) => misbehaviour switch
    {
        StsMisbehaviour.Xml => Xml(caller),
        StsMisbehaviour.Garbage => right with { ContentType = "text/html", Body = "<html></html>" },
        StsMisbehaviour.TwoResults => right with { Body = TwoResults(caller) },
        StsMisbehaviour.TrailingData => right with { Body = right.Body + "{}" },
        StsMisbehaviour.Huge => right with { Body = right.Body + new string(' ', 16 << 10) },
        _ => right,
    };

    private static string TwoResults(CallerIdentity caller)
    {
        var stranger = new CallerIdentity("000000000000", "arn:aws:sts::000000000000:assumed-role/stranger/stranger", "AROA:stranger");
        return Response(Result(stranger)).ToJsonString()
            .Replace("\"ResponseMetadata\"", $"\"GetCallerIdentityResult\":{Result(caller).ToJsonString()},\"ResponseMetadata\"", StringComparison.Ordinal);
    }

    private static JsonObject Response(JsonObject result) => new()
    {
        ["GetCallerIdentityResponse"] = new JsonObject
        {
            ["GetCallerIdentityResult"] = result,
            ["ResponseMetadata"] = new JsonObject { ["RequestId"] = RequestId },
        },
    };

    private static JsonObject Result(CallerIdentity caller) =>
        new() { ["Account"] = caller.Account, ["Arn"] = caller.Arn, ["UserId"] = caller.UserId };
}
