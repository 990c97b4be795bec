using Onboarding.Attestation.Oidc.Checks;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Oidc;

/// <summary>
/// Verifies OIDC ID tokens: an ordered list of checks, one class per rule; the first that fails is the reason in the log.
/// Nothing of a verified token is kept here, so that a key, an issuer or a token's time that has gone is gone at once.
/// </summary>
internal sealed class JwtCredentialVerifier : ICredentialVerifier
{
    private readonly IssuerDirectory issuers;
    private readonly IOptionsSource options;
    private readonly TimeProvider time;
    private readonly IJwtCheck[] beforeSignature;
    private readonly IJwtCheck[] afterSignature = [new SubjectCheck(), new AttributesCheck()];

    public JwtCredentialVerifier(IssuerDirectory issuers, IOptionsSource options, TimeProvider time)
    {
        (this.issuers, this.options, this.time) = (issuers, options, time);
        beforeSignature =
        [
            new OwnTokenCheck(),
            new TypeCheck(),
            new CriticalHeaderCheck(),
            new IssuerCheck(issuers),
            new AlgorithmCheck(),
            new KeyIdCheck(),
            new TimesCheck(),
            new AudienceCheck(),
            new KeyBindingCheck(),
        ];
    }

    public string Kind => JwtCredential.KindName;

    public bool IsEnabled => issuers.HasAny;

    public async ValueTask<Outcome<AttestedIdentity>> VerifyAsync(Credential credential, AttestationRequest request, CancellationToken cancellationToken)
    {
        if (credential is not JwtCredential { Jwt: { } text })
        {
            return JwtRefusal.Rejected("form", "it is not a jwt credential");
        }

        using var token = JwtPresentation.Read(text, time.GetUtcNow(), options.Uid, request.KeyThumbprint, out var fault);
        if (token is null)
        {
            return JwtRefusal.Rejected("form", fault ?? "");
        }

        var refusal = FirstFault(beforeSignature, token)
            ?? await SignatureCheck.RunAsync(token, cancellationToken)
            ?? FirstFault(afterSignature, token);
        return refusal is null ? Attest(token) : refusal;
    }

    private static Refusal? FirstFault(IJwtCheck[] checks, JwtPresentation token)
    {
        foreach (var check in checks)
        {
            if (check.FindFault(token) is { } fault)
            {
                return JwtRefusal.Rejected(check.Name, fault);
            }
        }

        return null;
    }

    private static AttestedIdentity Attest(JwtPresentation token) => new(
        new JwtIdentity(token.Issuer!.Options.Issuer, token.Subject, token.Attributes),
        JwtCredential.KindName,
        Sha256Text.Hex(token.SigningInput),
        token.IssuedAt,
        token.ExpiresAt + OidcLimits.Leeway)
    {
        KeyThumbprint = token.BoundKey,
    };
}
