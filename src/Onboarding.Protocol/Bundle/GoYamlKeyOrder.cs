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
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        var at = 0;
        while (at < left.Length && at < right.Length)
        {
            var (leftRune, rightRune) = (First(left[at..]), First(right[at..]));
            if (leftRune != rightRune)
            {
                return CompareAt(left, leftRune, right, rightRune, at);
            }

            at += leftRune.Utf16SequenceLength;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareAt(ReadOnlySpan<char> left, Rune leftRune, ReadOnlySpan<char> right, Rune rightRune, int at)
    {
        var (leftIsLetter, rightIsLetter) = (Rune.IsLetter(leftRune), Rune.IsLetter(rightRune));
        if (leftIsLetter != rightIsLetter)
        {
            return leftIsLetter ? 1 : -1;
        }

        if (leftIsLetter)
        {
            return leftRune.CompareTo(rightRune);
        }

        // A zero counts as a digit of a longer number if one other than zero stands before it.
        var carry = (leftRune.Value == '0' || rightRune.Value == '0') && EndsWithNonZeroNumber(left[..at]) ? 1L : 0L;
        var (leftValue, leftDigits) = Run(left[at..], carry);
        var (rightValue, rightDigits) = Run(right[at..], carry);
        return leftValue != rightValue ? leftValue.CompareTo(rightValue)
            : leftDigits != rightDigits ? leftDigits.CompareTo(rightDigits)
            : leftRune.CompareTo(rightRune);
    }

    private static bool EndsWithNonZeroNumber(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeLastFromUtf16(text, out var last, out var length) == System.Buffers.OperationStatus.Done && Rune.IsDigit(last))
        {
            if (last.Value != '0')
            {
                return true;
            }

            text = text[..^length];
        }

        return false;
    }

    private static (long Value, int Digits) Run(ReadOnlySpan<char> text, long carry)
    {
        var (value, digits) = (carry, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsDigit(rune))
            {
                break;
            }

            value = unchecked((value * 10) + (rune.Value - '0'));
            digits++;
        }

        return (value, digits);
    }

    private static Rune First(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        return rune;
    }
}
