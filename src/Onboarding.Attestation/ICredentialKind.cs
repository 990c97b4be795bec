namespace Onboarding.Attestation;

/// <summary>A kind of credential that the configuration may accept.</summary>
public interface ICredentialKind
{
    /// <summary>The kind, as on the wire.</summary>
    string Kind { get; }

    /// <summary>Whether the configuration accepts credentials of this kind at all.</summary>
    bool IsEnabled { get; }
}
