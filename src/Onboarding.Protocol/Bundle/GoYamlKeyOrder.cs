using System.Text;

namespace Onboarding.Protocol.Bundle;

/// <summary>
/// go-yaml v2's order of keys, decided at the first character that differs: what is no letter before letters,
/// letters by code point, runs of digits by value. E.g. <c>A</c>, <c>A_</c>, <c>A1</c>, <c>A2</c>, <c>A10</c>, <c>AB</c>, <c>a</c>.
/// </summary>
internal sealed class GoYamlKeyOrder : IComparer<string>
{
    public static readonly GoYamlKeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        Rune[] left = [.. (x ?? "").EnumerateRunes()];
        Rune[] right = [.. (y ?? "").EnumerateRunes()];
        var at = 0;
        while (at < left.Length && at < right.Length && left[at] == right[at])
        {
            at++;
        }

        if (at == left.Length || at == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (leftIsLetter, rightIsLetter) = (Rune.IsLetter(left[at]), Rune.IsLetter(right[at]));
        if (leftIsLetter != rightIsLetter)
        {
            return leftIsLetter ? 1 : -1;
        }

        return leftIsLetter ? left[at].CompareTo(right[at]) : CompareRuns(left, right, at);
    }

    private static int CompareRuns(Rune[] left, Rune[] right, int at)
    {
        // A zero counts as a digit of a longer number if one other than zero stands before it.
        var carry = (left[at].Value == '0' || right[at].Value == '0') && FollowsNonZeroDigit(left, at) ? 1L : 0L;
        var (leftValue, leftEnd) = Run(left, at, carry);
        var (rightValue, rightEnd) = Run(right, at, carry);
        return leftValue != rightValue ? leftValue.CompareTo(rightValue)
            : leftEnd != rightEnd ? leftEnd.CompareTo(rightEnd)
            : left[at].CompareTo(right[at]);
    }

    private static bool FollowsNonZeroDigit(Rune[] runes, int at)
    {
        for (var before = at - 1; before >= 0 && Rune.IsDigit(runes[before]); before--)
        {
            if (runes[before].Value != '0')
            {
                return true;
            }
        }

        return false;
    }

    private static (long Value, int End) Run(Rune[] runes, int from, long carry)
    {
        var (value, end) = (carry, from);
        while (end < runes.Length && Rune.IsDigit(runes[end]))
        {
            value = unchecked((value * 10) + (runes[end].Value - '0'));
            end++;
        }

        return (value, end);
    }
}
