using System.Diagnostics.CodeAnalysis;

namespace Onboarding.Protocol.Dpop;

/// <summary>The key that made a proof, or why the proof is not good.</summary>
public readonly record struct DpopVerification
{
    private DpopVerification(string? thumbprint, string? failure) => (Thumbprint, Failure) = (thumbprint, failure);

    /// <summary>RFC 7638 thumbprint of the key, to be compared with the token's <c>cnf.jkt</c>.</summary>
    public string? Thumbprint { get; }

    /// <summary>The first thing that failed, for the log; an agent is never told.</summary>
    public string? Failure { get; }

    /// <summary>Whether the proof is good.</summary>
    [MemberNotNullWhen(true, nameof(Thumbprint))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsValid => Thumbprint is not null;

    internal static DpopVerification Proven(string thumbprint) => new(thumbprint, null);

    internal static DpopVerification Failed(string failure) => new(null, failure);
}
