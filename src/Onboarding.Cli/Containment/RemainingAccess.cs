using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Cli.Output;
using Onboarding.Core.Workloads;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Cli.Containment;

/// <summary>Says what a workload that is kept out still has, and how that is closed: ending a session does not take back what the mesh has issued.</summary>
internal static class RemainingAccess
{
    private const string IstioNamespace = "istio-system";

    public static void Print(CliConsole console, ImmutableArray<DeniedMember> members)
    {
        if (members.IsEmpty)
        {
            console.Output.WriteLine("No registered workload is concerned.");
            return;
        }

        console.Output.WriteLine();
        foreach (var member in members)
        {
            console.Output.WriteLine($"{member.Namespace}/{member.Name} loses its place with its next call.");
        }

        console.Output.WriteLine("""

            What it has stays good: its sidecar's token up to an hour, its certificate until that expires (24 h in a
            default mesh, and istiod renews it). Until then it can still call others. This closes the gap; apply it to
            the mesh. It denies everybody with that service account, so move the group to another account first if
            others are in it.

            """);
        var principals = members.Select(member => member.Principal).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var (index, principal) in principals.Index())
        {
            console.Output.Write((index > 0 ? "---\n" : "") + GoYaml.Write(ToPolicy(principal)));
        }
    }

    private static JsonObject ToPolicy(string principal) => new()
    {
        ["apiVersion"] = "security.istio.io/v1",
        ["kind"] = "AuthorizationPolicy",
        ["metadata"] = new JsonObject { ["name"] = NameOf(principal), ["namespace"] = IstioNamespace },
        ["spec"] = new JsonObject
        {
            ["action"] = "DENY",
            ["rules"] = new JsonArray(new JsonObject
            {
                ["from"] = new JsonArray(new JsonObject { ["source"] = new JsonObject { ["principals"] = new JsonArray(principal) } }),
            }),
        },
    };

    // cluster.local/ns/bookinfo/sa/ratings: names of namespaces and accounts are names of objects.
    private static string NameOf(string principal) =>
        principal.Split('/') is [_, _, var @namespace, _, var account] ? $"deny-{@namespace}-{account}" : "deny-workload";
}
