using System.Text;

namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>The subject is one non-empty ASCII string without control characters, where the issuer's configuration says it is.</summary>
internal sealed class SubjectCheck : IJwtCheck
{
    public string Name => "subject";

    public string? FindFault(JwtPresentation token)
    {
        if (!token.Issuer!.SubjectPath.TryFind(token.Claims, out var element) || !JsonText.TryGet(element, out var subject))
        {
            return "there is no such string in the token";
        }

        token.Subject = subject;
        return subject.Length > 0 && Ascii.IsValid(subject) && !JsonText.HasControl(subject)
            ? null
            : "it is empty, not ASCII, or has control characters";
    }
}
