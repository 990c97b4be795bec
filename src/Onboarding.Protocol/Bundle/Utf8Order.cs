using System.Text;

namespace Onboarding.Protocol.Bundle;

/// <summary>The order of texts by the bytes of their UTF-8, as Go sorts strings; it differs from the ordinal one beyond the first plane.</summary>
public sealed class Utf8Order : IComparer<string>
{
    private Utf8Order()
    {
    }

    /// <summary>The order.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
