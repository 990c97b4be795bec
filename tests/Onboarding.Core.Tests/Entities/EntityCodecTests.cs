using System.Text;
using Onboarding.Core.Entities;
using Onboarding.TestKit.Entities;

namespace Onboarding.Core.Tests.Entities;

public sealed class EntityCodecTests
{
    // What a released version wrote: it is read for ever.
    private const string Golden =
        """{"schema":1,"state":{"added":[3,5],"isLit":true,"leaseEnds":"2026-03-01T12:01:30+00:00","beats":2},"effects":[{"kind":"announce","to":"a","text":"1"},{"kind":"announce","to":"b","text":"2"}]}""";

    private static readonly StoredEntity<Beacon> Row = new(
        new Beacon { Added = [3, 5], IsLit = true, LeaseEnds = new DateTimeOffset(2026, 3, 1, 12, 1, 30, TimeSpan.Zero), Beats = 2 },
        [new Announce("a", "1"), new Announce("b", "2")]);

    [Fact]
    public void Encode_StateAndEffects_AsInTheGoldenRow()
    {
        Encoding.UTF8.GetString(Beacon.Codec.Encode(Row)).ShouldBe(Golden);
    }

    [Fact]
    public void Encode_WithoutEffects_LeavesThemOut()
    {
        Encoding.UTF8.GetString(Beacon.Codec.Encode(new(new Beacon { IsLit = true }, []))).ShouldBe("""{"schema":1,"state":{"added":[],"isLit":true}}""");
    }

    [Fact]
    public void Encode_EffectsOfAKindWithoutThem_Throws()
    {
        var codec = new EntityCodec<Beacon>("beacon", 1, Beacon.StateType);

        Should.Throw<InvalidOperationException>(() => codec.Encode(Row));
    }

    [Fact]
    public void Decode_GoldenRow_StateAndEffectsInOrder()
    {
        var row = Decode(Golden);

        row.State.Added.ShouldBe([3, 5]);
        row.State.LeaseEnds.ShouldBe(Row.State.LeaseEnds);
        row.Effects.ShouldBe(Row.Effects);
    }

    [Fact]
    public void Decode_RowOfAnEarlierRelease_NewMembersAreAbsent()
    {
        var codec = new EntityCodec<Beacon>("beacon", 3, Beacon.StateType);

        codec.Decode(Encoding.UTF8.GetBytes("""{"schema":1,"state":{"isLit":true}}""")).State.Beats.ShouldBe(0);
    }

    [Fact]
    public void Decode_MembersItDoesNotKnow_AreIgnored()
    {
        Decode("""{"schema":1,"written":"later","state":{"isLit":true,"colour":"red"}}""").State.IsLit.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"schema":2,"state":{}}""", "has schema 2; this release reads 1 to 1")]
    [InlineData("""{"schema":0,"state":{}}""", "has schema 0")]
    [InlineData("""{"schema":"1","state":{}}""", "damaged")]
    [InlineData("""{"state":{}}""", "damaged")]
    [InlineData("""{"schema":1}""", "damaged")]
    [InlineData("""{"schema":1,"state":null}""", "has no state")]
    [InlineData("""{"schema":1,"state":[]}""", "damaged")]
    [InlineData("""{"schema":1,"state":{},"effects":[null]}""", "effect that is null")]
    [InlineData("""{"schema":1,"state":{},"effects":[{"kind":"unheard of"}]}""", "damaged")]
    [InlineData("""{"schema":1,"state":{},"effects":[{"to":"a","text":"1"}]}""", "damaged")]
    [InlineData("""{"schema":1,"state":{},"effects":{}}""", "damaged")]
    [InlineData("""[]""", "damaged")]
    [InlineData("""{"schema":1,"state":{""", "damaged")]
    [InlineData("", "damaged")]
    public void Decode_CannotBeRead_SaysWhy(string row, string why)
    {
        Should.Throw<UnreadableEntityException>(() => Decode(row)).Message.ShouldContain(why);
    }

    [Fact]
    public void New_EffectMetadataOfAnotherType_Refused()
    {
        Should.Throw<ArgumentException>(() => new EntityCodec<Beacon>("beacon", 1, Beacon.StateType, Beacon.StateType));
    }

    private static StoredEntity<Beacon> Decode(string row) => Beacon.Codec.Decode(Encoding.UTF8.GetBytes(row));
}
