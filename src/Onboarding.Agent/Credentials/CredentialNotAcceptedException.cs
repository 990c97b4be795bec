namespace Onboarding.Agent.Credentials;

/// <summary>This machine has a credential, of a kind that the endpoint does not accept.</summary>
internal sealed class CredentialNotAcceptedException(string message) : Exception(message)
{
    /// <summary>Throws unless the kind is among those the endpoint accepts; an endpoint that does not say so is asked.</summary>
    public static void ThrowUnless(IReadOnlyList<string>? accepted, string kind)
    {
        if (accepted is { Count: > 0 } && !accepted.Contains(kind, StringComparer.Ordinal))
        {
            throw new CredentialNotAcceptedException($"this machine has a credential of kind {kind}; the endpoint accepts {string.Join(", ", accepted)}");
        }
    }
}
