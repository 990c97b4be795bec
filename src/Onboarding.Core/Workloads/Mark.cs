using System.Collections.Immutable;

namespace Onboarding.Core.Workloads;

/// <summary>A condition of a registration that was observed, not derived from its state.</summary>
/// <param name="Type">Its type, one of <see cref="ConditionTypes"/>.</param>
/// <param name="IsTrue">Its status.</param>
/// <param name="Reason">One CamelCase word.</param>
/// <param name="Message">For people; null: none.</param>
/// <param name="Since">When its status changed.</param>
internal sealed record Mark(string Type, bool IsTrue, string Reason, string? Message, DateTimeOffset Since);

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
                return mark.IsTrue == observation.IsTrue && mark.Reason == observation.Reason && mark.Message == observation.Message
                    ? marks
                    : marks.SetItem(i, ToMark(observation, mark.IsTrue == observation.IsTrue ? mark.Since : now));
            }
        }

        return marks.Add(ToMark(observation, now));
    }

    private static Mark ToMark(Observation observation, DateTimeOffset since) =>
        new(observation.Type, observation.IsTrue, observation.Reason, observation.Message, since);
}
