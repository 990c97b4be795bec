namespace Onboarding.Yaml.Editing;

/// <summary>Where a list is in a text, or would be.</summary>
/// <param name="Depth">How many names of the path lead to what was found; with all of them it is the list.</param>
/// <param name="Start">Index where it begins: the list's first dash or bracket, or the first field of the mapping that lacks the next name.</param>
/// <param name="End">Index behind it, where it has no value.</param>
/// <param name="Column">The column, from 0, of the dash or the field; of the field itself where it has no value.</param>
/// <param name="IsFlow">Whether it stands in brackets or braces.</param>
/// <param name="IsNull">Whether the field is there and has no value.</param>
/// <param name="IsEmpty">Whether there is nothing in its brackets or braces.</param>
/// <param name="Items">Where the list's items begin and end; null: there is no list yet.</param>
internal sealed record ListPlace(
    int Depth, int Start, int End, int Column, bool IsFlow = false, bool IsNull = false, bool IsEmpty = false, IReadOnlyList<(int Start, int End)>? Items = null);
