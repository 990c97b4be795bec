using Onboarding.Core.Entities;
using Onboarding.TestKit.Entities;

namespace Onboarding.Core.Tests.Entities;

public sealed class DecisionTests
{
    private static readonly Announce Effect = new("a", "1");

    [Fact]
    public void Store_LoneEffect_IsAnEffectAndNoReply()
    {
        var decision = new Beacon().Store(Effect);

        decision.Durable.ShouldBeTrue();
        decision.Effects.ShouldBe([Effect]);
    }

    [Fact]
    public void Store_ReplyAndEffect_Both()
    {
        var decision = new Beacon().Store("reply", Effect);

        decision.Reply.ShouldBe("reply");
        decision.Effects.ShouldBe([Effect]);
    }

    [Fact]
    public void KeepAndRemember_AreNotDurable()
    {
        new Beacon().Keep(1).Durable.ShouldBeFalse();
        new Beacon().Remember(1).Durable.ShouldBeFalse();
        new Beacon().Keep().Durable.ShouldBeFalse();
        new Beacon().Remember().Durable.ShouldBeFalse();
    }
}
