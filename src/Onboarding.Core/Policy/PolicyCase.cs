using System.Text.Json;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Core.Policy;

/// <summary>A question to policies, and perhaps the answer that is expected.</summary>
/// <param name="Identity">Who wants to join.</param>
/// <param name="WorkloadGroup">Which group.</param>
/// <param name="ExpectAllow">Whether it should be allowed; null: nothing is expected.</param>
public sealed record PolicyCase(WorkloadIdentity Identity, WorkloadGroupReference WorkloadGroup, bool? ExpectAllow)
{
    private static readonly string[] Members = ["identity", "workloadGroup", "expect"];
    private static readonly string[] GroupMembers = ["namespace", "name"];

    /// <summary>Reads <c>{"identity":{…},"workloadGroup":{"namespace":…,"name":…},"expect":"allow|deny"?}</c>; a misspelt member is an error, since it would expect nothing.</summary>
    /// <exception cref="JsonException">It is none; the message is <c>field.path: what is wrong</c>.</exception>
    public static PolicyCase Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var written = StrictJsonObject.Of(document.RootElement, "", Members);
        var identity = WorkloadIdentityJson.Read(written.Element("identity"));
        var group = StrictJsonObject.Of(written.Element("workloadGroup"), "workloadGroup", GroupMembers);
        bool? expectAllow = written.OptionalText("expect") switch
        {
            null => null,
            "allow" => true,
            "deny" => false,
            _ => throw written.Wrong("expect", "must be allow or deny"),
        };
        return new PolicyCase(identity, new WorkloadGroupReference(group.Text("namespace"), group.Text("name")), expectAllow);
    }
}
