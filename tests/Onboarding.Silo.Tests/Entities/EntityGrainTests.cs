using Onboarding.Silo.Entities;
using Onboarding.Silo.Tests.Clusters;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Time;

namespace Onboarding.Silo.Tests.Entities;

[Collection(nameof(OneSilo))]
public sealed class EntityGrainTests(OneSilo cluster)
{
    private readonly InMemoryEntityStore store = new();

    [Theory]
    [InlineData("""{"command":"ofALaterRelease"}""")]
    [InlineData("""{"number":1}""")]
    [InlineData("""{"command":"add","number":"one"}""")]
    [InlineData("null")]
    [InlineData("no JSON")]
    public async Task Ask_CommandThatThisReleaseDoesNotKnow_Unavailable(string command)
    {
        (await AskAsync(command)).ShouldBeEmpty();

        store.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_CommandWithAMemberOfALaterRelease_Answered() =>
        (await AskAsync("""{"command":"add","number":1,"ofALaterRelease":true}""")).ShouldBe("0");

    private async Task<string> AskAsync(string command)
    {
        await using var tenant = (Tenant<Beacon>)cluster.Start(Beacon.Codec, Beacon.Messages, store, () => new RecordingEffects<Beacon>(), new FakeTimeProvider());
        var grain = cluster.Grains.GetGrain<IEntityGrain>(GrainId.Create("beacon", tenant.Prefix + "north"));
        var reply = await grain.AskAsync(new(System.Text.Encoding.UTF8.GetBytes(command)), CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(reply.Value);
    }
}
