using System.Collections.Concurrent;
using System.Collections.Immutable;
using Onboarding.Attestation;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>Believes that a JWT's text is a subject; <c>bad</c> proves nothing.</summary>
internal sealed class FakeCredentialVerifier : ICredentialVerifier
{
    public string Kind => JwtCredential.KindName;

    public bool IsEnabled { get; set; } = true;

    public string? BoundKey { get; set; }

    public Refusal? Refusal { get; set; }

    public ConcurrentQueue<AttestationRequest> Requests { get; } = new();

    public static AttestedIdentity Identity(string subject) => new(
        new JwtIdentity("https://issuer.example", subject, ImmutableSortedDictionary<string, string>.Empty),
        JwtCredential.KindName,
        "hash",
        new DateTimeOffset(2026, 3, 1, 11, 59, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 1, 12, 59, 0, TimeSpan.Zero));

    public ValueTask<Outcome<AttestedIdentity>> VerifyAsync(Credential credential, AttestationRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        var jwt = ((JwtCredential)credential).Jwt;
        return new(Refusal is { } refusal ? refusal
            : string.Equals(jwt, "bad", StringComparison.Ordinal) ? new Refusal(ProblemCodes.CredentialRejected, "the signature is not the issuer's")
            : Identity(jwt) with { KeyThumbprint = BoundKey });
    }

    public void Reset()
    {
        IsEnabled = true;
        BoundKey = null;
        Refusal = null;
        Requests.Clear();
    }
}
