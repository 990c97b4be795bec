using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.Core.Entities;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;

namespace Onboarding.Core.Tests.Workloads;

/// <summary>Rows as earlier releases wrote them, in <c>Golden/&lt;release&gt;</c>; those files are never written again. They are the same in every edition.</summary>
public sealed class EarlierReleaseTests
{
    // Moved from sessions that wait in a workload's row to the session's own: an agent that was between the two attests again.
    private const string Moved = "verifiedAddresses";

    [Theory]
    [InlineData("0.1/workload-registered.json")]
    [InlineData("0.1/workload-opened.json")]
    [InlineData("0.1/workload-leaving.json")]
    public void Read_Workload_LosesNothing(string row) => ShouldLoseNothing(Workload.Codec, row);

    [Fact]
    public void Read_Session_LosesNothing() => ShouldLoseNothing(Session.Codec, "0.1/session.json");

    [Fact]
    public void Read_Address_LosesNothing() => ShouldLoseNothing(Address.Codec, "0.1/address.json");

    [Fact]
    public void Read_RowOfALaterRelease_RefusedRatherThanCutDown()
    {
        var row = JsonNode.Parse(GoldenFile.Read("0.1/workload-registered.json"))!;
        row["schema"] = Workload.Codec.Schema + 1;

        Should.Throw<UnreadableEntityException>(() => Workload.Codec.Decode(JsonSerializer.SerializeToUtf8Bytes(row))).Message.ShouldContain("run the release that wrote it");
    }

    private static void ShouldLoseNothing<TState>(EntityCodec<TState> codec, string file)
        where TState : class, IEntity<TState>
    {
        var row = GoldenFile.Read(file);

        var now = codec.Encode(codec.Decode(row));

        ShouldHold(JsonNode.Parse(now)!["state"], JsonNode.Parse(row)!["state"]!, "state");
        ShouldHold(JsonNode.Parse(now)!["effects"], JsonNode.Parse(row)!["effects"] ?? new JsonArray(), "effects");
    }

    // What was written is there; there may be more.
    private static void ShouldHold(JsonNode? now, JsonNode before, string path)
    {
        switch (before)
        {
            case JsonObject members:
                foreach (var (name, value) in members.Where(member => member.Key != Moved && member.Value is not null))
                {
                    ShouldHold(now.ShouldNotBeNull(path)[name], value!, $"{path}.{name}");
                }

                break;
            case JsonArray { Count: 0 }:
                break;
            case JsonArray items:
                now.ShouldNotBeNull(path).AsArray().Count.ShouldBe(items.Count, path);
                foreach (var (index, item) in items.Index())
                {
                    ShouldHold(now[index], item!, $"{path}[{index}]");
                }

                break;
            default:
                now.ShouldNotBeNull(path).ToJsonString().ShouldBe(before.ToJsonString(), path);
                break;
        }
    }
}
