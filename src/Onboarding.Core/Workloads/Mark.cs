using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Workloads;

/// <summary>A condition of a registration that was observed, not derived from its state. A workload has half a dozen, so they are small.</summary>
internal readonly record struct Mark
{
    private readonly Observation observed;
    private readonly DateTime since;

    /// <summary>As it is stored.</summary>
    [JsonConstructor]
    public Mark(string type, bool isTrue, string reason, string? message, DateTimeOffset since)
        : this(new Observation(type, isTrue, reason, message), since)
    {
    }

    /// <summary>What was observed.</summary>
    public Mark(Observation observed, DateTimeOffset since) => (this.observed, this.since) = (Shared.Of(observed), since.UtcDateTime);

    /// <summary>Its type, one of <see cref="ConditionTypes"/>.</summary>
    public string Type => observed.Type;

    /// <summary>Its status.</summary>
    public bool IsTrue => observed.IsTrue;

    /// <summary>One CamelCase word.</summary>
    public string Reason => observed.Reason;

    /// <summary>For people; null: none.</summary>
    public string? Message => observed.Message;

    /// <summary>When its status changed.</summary>
    public DateTimeOffset Since => new(since, TimeSpan.Zero);

    /// <summary>Whether this was observed.</summary>
    public bool Says(Observation other) => observed == other;
}

/// <summary>Something observed.</summary>
/// <param name="Type">Type of the condition.</param>
/// <param name="IsTrue">Its status.</param>
/// <param name="Reason">One CamelCase word.</param>
/// <param name="Message">For people; null: none.</param>
internal sealed record Observation(string Type, bool IsTrue, string Reason, string? Message = null);

/// <summary>Takes observations over.</summary>
internal static class Marks
{
    /// <summary>The marks after an observation; the same ones when it says nothing new.</summary>
    public static ImmutableArray<Mark> With(this ImmutableArray<Mark> marks, Observation observation, DateTimeOffset now)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            var mark = marks[i];
            if (mark.Type == observation.Type)
            {
                return mark.Says(observation)
                    ? marks
                    : marks.SetItem(i, new Mark(observation, mark.IsTrue == observation.IsTrue ? mark.Since : now));
            }
        }

        return marks.Add(new Mark(observation, now));
    }
}
